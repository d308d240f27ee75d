/** Which interval is shown; the slider's own keys move it, its value is spoken as a time of day. */
import type { StudyView } from '../../report/view-model.js';
import type { Action } from './model.js';

export function TimeSlider(props: { view: StudyView; interval: number; dispatch: (a: Action) => void }) {
  const { view, interval, dispatch } = props;
  return (
    <label class="slider">
      <span>Time</span>
      <input
        type="range"
        min={0}
        max={view.intervals - 1}
        step={1}
        value={interval}
        aria-valuetext={view.times[interval]}
        onInput={(e) => dispatch({ type: 'interval', interval: Number(e.currentTarget.value) })}
      />
      <output>{view.times[interval]}</output>
    </label>
  );
}
