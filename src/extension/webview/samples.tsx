/** Is the hull filled? Random points inside are asked for, and the answer stands beside the sizes. */
import { useState } from 'preact/hooks';
import { sampleSentence } from '../../report/drawings/samples-table.js';
import type { StudyView } from '../../report/view-model.js';
import type { Question } from '../region/protocol.js';

interface Props {
  view: StudyView;
  running: boolean;
  onAsk: (question: Question) => void;
}

const MOST_POINTS = 1000;

export function Samples({ view, running, onAsk }: Props) {
  const askable = view.regions.flatMap((r, i) => (r.hull.vertices.length ? [i] : []));
  const [chosen, setChosen] = useState<number | null>(null);
  const [count, setCount] = useState('50');
  const [seed, setSeed] = useState('1');
  if (!askable.length) return null;
  const budget = chosen !== null && askable.includes(chosen) ? chosen : askable[askable.length - 1];
  const whole = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : NaN);
  const complete = whole(count) >= 1 && whole(count) <= MOST_POINTS && Number.isFinite(whole(seed));
  return (
    <section class="samples" aria-label="Random points inside">
      <h2>Is the hull filled?</h2>
      {view.samples.length ? (
        <ul class="answers" aria-label="Random points that were asked for">
          {view.samples.map((sample) => (
            <li key={`${sample.label}/${sample.seed}`}>{sampleSentence(sample, view.currency)}</li>
          ))}
        </ul>
      ) : (
        <p class="hint">
          The hull claims that what lies between two points that can be reached can be reached as well. Random
          points inside put it to the test.
        </p>
      )}
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete || running) return;
          const { subsidyCap } = view.regions[budget];
          onAsk({ kind: 'sample', subsidyCap, count: whole(count), seed: whole(seed) });
        }}
      >
        <label>
          <span>Inside</span>
          <select value={budget} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {askable.map((i) => (
              <option key={i} value={i}>
                {view.regions[i].label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Points</span>
          <input
            type="number"
            min="1"
            max={MOST_POINTS}
            value={count}
            onInput={(event) => setCount(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>Seed</span>
          <input
            type="number"
            min="0"
            value={seed}
            title="The same seed gives the same points"
            onInput={(event) => setSeed(event.currentTarget.value)}
          />
        </label>
        <div class="commands">
          <button type="submit" disabled={!complete || running}>
            Ask for random points
          </button>
        </div>
      </form>
    </section>
  );
}
