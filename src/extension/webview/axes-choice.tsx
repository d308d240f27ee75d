/** Which axes the picture shows: all of them, or a projection on one, two or three. */
import type { StudyView } from '../../report/view-model.js';
import type { Action } from './model.js';

interface Props {
  view: StudyView;
  axes: readonly number[];
  dispatch: (action: Action) => void;
}

export function AxesChoice({ view, axes, dispatch }: Props) {
  const choices = subsets(view.axes.length);
  return (
    <label class="choice">
      <span>Axes</span>
      <select
        value={axes.join(',')}
        onChange={(e) => dispatch({ type: 'axes', axes: e.currentTarget.value.split(',').map(Number) })}
      >
        {choices.map((c) => (
          <option key={c.join(',')} value={c.join(',')}>
            {c.map((k) => view.axes[k].label).join(' × ')}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Triples first, then pairs, then single axes, each in the order of the study. */
export function subsets(count: number): number[][] {
  const of = (size: number, from = 0): number[][] =>
    size === 0
      ? [[]]
      : Array.from({ length: count - from }, (_, i) => i + from).flatMap((k) =>
          of(size - 1, k + 1).map((rest) => [k, ...rest]),
        );
  return [3, 2, 1].filter((size) => size <= count).flatMap((size) => of(size));
}
