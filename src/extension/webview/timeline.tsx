/** A study over a range of times: its regions one after the other, by hand or as a film. */
import { useEffect, useState } from 'preact/hooks';
import type { StudyView } from '../../report/view-model.js';

/** Between two regions of the film. */
const STEP_MS = 900;

export function Timeline({ view, onShow }: { view: StudyView; onShow: (index: number) => void }) {
  const [playing, setPlaying] = useState(false);
  const { timeline } = view;
  const [index, last] = [timeline?.index ?? 0, (timeline?.times.length ?? 1) - 1];
  useEffect(() => {
    if (!playing) return;
    if (index >= last) return setPlaying(false);
    const timer = setTimeout(() => onShow(index + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, index]);
  if (!timeline) return null;
  return (
    <div class="timeline">
      <button
        type="button"
        onClick={() => {
          if (!playing && index >= last) onShow(0);
          setPlaying(!playing);
        }}
      >
        {playing ? 'Stop' : 'Play'}
      </button>
      <label class="slider">
        <span>Region at</span>
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={index}
          aria-valuetext={timeline.times[index]}
          onInput={(event) => onShow(Number(event.currentTarget.value))}
        />
        <output>{timeline.times[index]}</output>
      </label>
    </div>
  );
}
