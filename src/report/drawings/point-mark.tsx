/** The mark of a point in a drawing, and its name. */
import type { PointView } from '../view-model.js';
import { dispatchMark, regionMark } from './marks.js';
import { NAME_PLACES, namePlaces, type NamePlace } from './name-places.js';
import type { Palette } from './palette.js';

/** Where an operating point is asked for. */
export const CROSS = 'M-6,-6L6,6M-6,6L6,-6';

const PREFERRED = {
  'coupon-free': NAME_PLACES.lowerRight,
  dispatch: NAME_PLACES.upperLeft,
  boundary: NAME_PLACES.right,
  query: NAME_PLACES.upperRight,
} as const;

/** An operating point may lie where no coupons are paid: their names keep apart. */
function namesOf(points: readonly PointView[], places: readonly (readonly [number, number])[]): NamePlace[] {
  const named = (p: PointView) => p.kind !== 'boundary';
  // Boundary points are small and many: a name may well stand on some.
  const found = namePlaces(
    points.flatMap((p, k) =>
      named(p) ? [{ at: places[k], lines: [p.label], prefer: PREFERRED[p.kind] }] : [],
    ),
  );
  let next = 0;
  return points.map((p) => (named(p) ? found[next++] : PREFERRED.boundary));
}

interface MarksProps {
  points: readonly PointView[];
  /** Of the points, in pixels. */
  places: readonly (readonly [number, number])[];
  palette: Palette;
  regions: number;
  /** Id of a point. */
  selected?: string | null;
  onSelect?: (id: string) => void;
}

/** Points of any kind with their names, which keep apart. */
export function Marks({ points, places, selected, ...shared }: MarksProps) {
  const names = namesOf(points, places);
  return (
    <>
      {points.map((point, k) => (
        <Mark
          key={point.id}
          {...{ point, ...shared }}
          place={places[k]}
          namePlace={names[k]}
          selected={point.id === selected}
        />
      ))}
    </>
  );
}

interface MarkProps extends Pick<MarksProps, 'palette' | 'regions' | 'onSelect'> {
  point: PointView;
  place: readonly [number, number];
  namePlace: NamePlace;
  selected: boolean;
}

/** A point with its tooltip; a ring around the selected one. */
function Mark({ point, palette, regions, place, namePlace, selected, onSelect }: MarkProps) {
  const bad = point.certificate.status !== 'certified';
  const named = point.kind !== 'boundary';
  const hollow = bad || point.kind === 'coupon-free' || point.kind === 'query';
  const colour =
    point.kind === 'dispatch'
      ? palette.dispatch
      : point.kind === 'coupon-free' || point.kind === 'query'
        ? palette.free
        : palette.cap(point.region ?? 0, regions);
  const shape =
    point.kind === 'query'
      ? CROSS
      : point.kind === 'dispatch'
        ? dispatchMark()
        : regionMark(point.region ?? 0, named ? 70 : 34);
  return (
    <g
      transform={`translate(${place[0]},${place[1]})`}
      onClick={onSelect && (() => onSelect(point.id))}
      cursor={onSelect ? 'pointer' : undefined}
    >
      <title>{`${point.label}: ${point.positionMw.map((c) => c.toFixed(2)).join(', ')} MW`}</title>
      {selected ? <circle r="10" fill="none" stroke="currentColor" stroke-width="2" /> : null}
      <path d={shape} fill={hollow ? 'none' : colour} stroke={colour} stroke-width={hollow ? 1.6 : 0.5} />
      {named ? (
        <text {...namePlace} fill={colour} font-weight="600">
          {point.label}
        </text>
      ) : null}
    </g>
  );
}
