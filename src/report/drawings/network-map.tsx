/** Roads and feeder side by side, coupled at the stations, coloured by flow over capacity and by voltage. */
import { pu } from '../labels.js';
import type { MapView, PointDetail } from '../view-model.js';
import { Frame } from './frame.js';
import type { Palette } from './palette.js';

const TITLE = 26;
const LEGEND = 46;
const GAP = 40;
/** Side by side from this width on, else one above the other. */
const WIDE = 640;
/** Of the height of each half to its width, and the most in pixels: the map and its slider fit a window. */
const ASPECT = 0.8;
const TALLEST = 440;

export interface NetworkMapProps {
  map: MapView;
  detail: PointDetail | null;
  interval: number;
  time: string;
  palette: Palette;
  width: number;
  selected?: { kind: string; id: string } | null;
  onSelect?: (kind: 'link' | 'bus' | 'node' | 'station', id: string) => void;
}

/** A tree that was laid out by us has no true proportions; its rows may stand further apart. */
const TREE_STRETCH = 2.2;

interface Place {
  x: number;
  y: number;
}

export function NetworkMap(props: NetworkMapProps) {
  const { map, width } = props;
  const stacked = width < WIDE || map.buses.length === 0;
  const half = stacked ? width : (width - GAP) / 2;
  const most = Math.min(half * ASPECT, TALLEST);
  const roads = fit(map.roadSize, half, most, 1);
  const feeder = fit(map.feederSize, half, most, map.surveyed ? 1 : TREE_STRETCH);
  const tall = stacked ? 0 : Math.max(roads.height, feeder.height);
  const roadHeight = tall || roads.height;
  const feederAt = stacked ? { x: 0, y: roadHeight + TITLE + LEGEND + 12 } : { x: half + GAP, y: 0 };
  const height = (map.buses.length ? feederAt.y + (tall || feeder.height) : roadHeight) + TITLE + LEGEND;
  const road = (p: Place) => ({ x: roads.x + p.x * roads.scale, y: TITLE + roads.y + p.y * roads.scaleY });
  const grid = (p: Place) => ({
    x: feederAt.x + feeder.x + p.x * feeder.scale,
    y: feederAt.y + TITLE + feeder.y + p.y * feeder.scaleY,
  });
  return (
    <Frame
      width={width}
      height={height}
      interactive={!!props.onSelect}
      label={`Map at ${props.time}: roads with flow over capacity${map.buses.length ? ', feeder with voltages, joined at the stations' : ''}`}
    >
      <Couplings {...props} road={road} grid={grid} />
      <Roads {...props} place={road} />
      <LoadingLegend palette={props.palette} y={TITLE + roadHeight + 18} />
      {map.buses.length ? (
        <g>
          <Feeder {...props} place={grid} at={feederAt} />
          {props.detail?.voltage ? (
            <VoltageLegend
              palette={props.palette}
              voltage={props.detail.voltage}
              x={feederAt.x}
              y={feederAt.y + TITLE + (tall || feeder.height) + 18}
            />
          ) : null}
        </g>
      ) : null}
    </Frame>
  );
}

/** @param stretch how much taller than wide a schematic picture may be drawn to use the room */
function fit(size: { width: number; height: number }, width: number, height: number, stretch: number) {
  const pad = 26;
  const scale = Math.min((width - 2 * pad) / (size.width || 1), (height - 2 * pad) / (size.height || 1));
  const scaleY = Math.min(scale * stretch, (height - 2 * pad) / (size.height || 1));
  const x = (width - size.width * scale) / 2;
  return { scale, scaleY, x, y: pad, height: Math.min(height, size.height * scaleY + 2 * pad) };
}

type Placing = (p: Place) => Place;

function Roads(props: NetworkMapProps & { place: Placing }) {
  const { map, detail, interval, palette, place, selected, onSelect } = props;
  const at = new Map(map.nodes.map((n) => [n.id, place(n)]));
  return (
    <g>
      <text x="4" y="14" font-weight="600">
        Roads: inflow ÷ capacity
      </text>
      {map.links.map((link) => {
        const [a, b] = [at.get(link.from), at.get(link.to)];
        if (!a || !b) return null;
        const ratio = detail?.linkLoading[link.id]?.[interval];
        const chosen = selected?.kind === 'link' && selected.id === link.id;
        return (
          <g
            key={link.id}
            onClick={onSelect && (() => onSelect('link', link.id))}
            cursor={onSelect ? 'pointer' : undefined}
          >
            <title>{`${link.id}${ratio === undefined ? '' : `: ${Math.round(ratio * 100)} % of capacity`}`}</title>
            <path d={arrow(a, b)} stroke="transparent" stroke-width="12" fill="none" />
            {chosen ? (
              <path
                d={arrow(a, b)}
                stroke="currentColor"
                stroke-width="10"
                stroke-opacity="0.35"
                fill="none"
              />
            ) : null}
            <path
              d={arrow(a, b)}
              fill="none"
              stroke={ratio === undefined ? 'currentColor' : palette.loading(ratio)}
              stroke-opacity={ratio === undefined ? 0.4 : 1}
              stroke-width={1.5 + 5 * Math.min(1.2, ratio ?? 0)}
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </g>
        );
      })}
      {map.nodes.map((n) => (
        <Spot
          key={n.id}
          id={n.id}
          place={at.get(n.id)!}
          stations={n.stations}
          fill="var(--vscode-editor-background, #fff)"
          chosen={isChosen(selected, 'node', n)}
          onSelect={
            onSelect && (() => onSelect(n.stations.length ? 'station' : 'node', n.stations[0] ?? n.id))
          }
          palette={palette}
        />
      ))}
    </g>
  );
}

function Feeder(props: NetworkMapProps & { place: Placing; at: Place }) {
  const { map, detail, interval, palette, place, selected, onSelect } = props;
  const where = new Map(map.buses.map((b) => [b.id, place(b)]));
  const voltage = detail?.voltage;
  const now = voltage?.intervals.find((i) => i.interval === interval)?.pu;
  return (
    <g>
      <text x={props.at.x + 4} y={props.at.y + 14} font-weight="600">
        {now || !detail ? 'Feeder: voltage' : 'Feeder: no voltages at this time'}
      </text>
      {map.lines.map((line) => {
        const [a, b] = [where.get(line.from), where.get(line.to)];
        if (!a || !b) return null;
        return (
          <line
            key={line.id}
            x1={a.x}
            y1={a.y}
            x2={b.x}
            y2={b.y}
            stroke="currentColor"
            stroke-opacity="0.45"
            stroke-width="1.5"
          >
            <title>{line.id}</title>
          </line>
        );
      })}
      {map.buses.map((b) => {
        const value = now?.[b.id];
        const share =
          value === undefined || !voltage ? null : (value - voltage.minPu) / (voltage.maxPu - voltage.minPu);
        return (
          <Spot
            key={b.id}
            id={b.id}
            place={where.get(b.id)!}
            stations={b.stations}
            fill={share === null ? 'var(--vscode-editor-background, #fff)' : palette.voltage(share)}
            note={value === undefined ? undefined : `${pu(value)} pu`}
            small
            chosen={isChosen(selected, 'bus', b)}
            onSelect={onSelect && (() => onSelect('bus', b.id))}
            palette={palette}
          />
        );
      })}
    </g>
  );
}

function Couplings(props: NetworkMapProps & { road: Placing; grid: Placing }) {
  const { map, road, grid } = props;
  return (
    <g>
      {map.nodes.flatMap((n) =>
        n.stations.map((station) => {
          const bus = map.buses.find((b) => b.stations.includes(station));
          if (!bus) return null;
          const [a, b] = [road(n), grid(bus)];
          const bend = { x: (a.x + b.x) / 2, y: Math.min(a.y, b.y) - 30 };
          return (
            <path
              key={station}
              d={`M${a.x},${a.y}Q${bend.x},${bend.y} ${b.x},${b.y}`}
              fill="none"
              stroke={props.palette.dispatch}
              stroke-opacity="0.6"
              stroke-dasharray="3 4"
            >
              <title>{`${station} joins ${n.id} and ${bus.id}`}</title>
            </path>
          );
        }),
      )}
    </g>
  );
}

interface SpotProps {
  id: string;
  place: Place;
  stations: readonly string[];
  fill: string;
  note?: string;
  small?: boolean;
  chosen?: boolean;
  onSelect?: () => void;
  palette: Palette;
}

/** A node or bus; a square with the station's name where there is one. */
function Spot({ id, place, stations, fill, note, small, chosen, onSelect, palette }: SpotProps) {
  const station = stations.length > 0;
  const r = small ? 5 : 8;
  return (
    <g
      transform={`translate(${place.x},${place.y})`}
      onClick={onSelect}
      cursor={onSelect ? 'pointer' : undefined}
    >
      <title>{[id, ...stations, note].filter(Boolean).join(', ')}</title>
      {chosen ? <circle r={r + 6} fill="none" stroke="currentColor" stroke-width="2" /> : null}
      {station ? (
        <rect
          x={-r - 1}
          y={-r - 1}
          width={2 * r + 2}
          height={2 * r + 2}
          rx="2"
          fill={fill}
          stroke={palette.dispatch}
          stroke-width="2.5"
        />
      ) : (
        <circle r={r} fill={fill} stroke="currentColor" stroke-width="1" />
      )}
      <text
        y={station && small ? -r - 6 : station || small ? r + 13 : 3.5}
        text-anchor="middle"
        font-size={small ? 8.5 : 9}
        font-weight={station ? 700 : 400}
      >
        {station ? `${id} · ${stations.join(', ')}` : shorten(id)}
      </text>
    </g>
  );
}

/** The element itself, or a station that stands on it. */
function isChosen(
  selected: NetworkMapProps['selected'],
  kind: 'node' | 'bus',
  place: MapView['nodes'][number],
): boolean {
  if (selected?.kind === 'station') return place.stations.includes(selected.id);
  return selected?.kind === kind && selected.id === place.id;
}

/** Names longer than a node is wide would run into each other; the tooltip has them whole. */
const shorten = (id: string) => (id.length > 6 ? `${id.slice(0, 5)}…` : id);

/** A link from node to node, ending in an arrow head before the node; opposite links keep apart. */
function arrow(a: Place, b: Place): string {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const [sx, sy] = [-uy * 2.5, ux * 2.5];
  const from = { x: a.x + ux * 10 + sx, y: a.y + uy * 10 + sy };
  const to = { x: b.x - ux * 12 + sx, y: b.y - uy * 12 + sy };
  const head = (side: number) => `${to.x - ux * 6 + side * uy * 4},${to.y - uy * 6 - side * ux * 4}`;
  return `M${from.x},${from.y}L${to.x},${to.y}M${head(1)}L${to.x},${to.y}L${head(-1)}`;
}

function LoadingLegend({ palette, y }: { palette: Palette; y: number }) {
  const stops = [0, 0.25, 0.5, 0.75, 1];
  return (
    <g transform={`translate(8,${y})`}>
      {stops.map((s, i) => (
        <g key={s} transform={`translate(${i * 46},0)`}>
          <line x2="34" y1="2" y2="2" stroke={palette.loading(s)} stroke-width={1.5 + 5 * s} />
          <text x="17" y="18" text-anchor="middle" font-size="10">{`${s * 100} %${s === 1 ? '+' : ''}`}</text>
        </g>
      ))}
    </g>
  );
}

function VoltageLegend(props: {
  palette: Palette;
  voltage: NonNullable<PointDetail['voltage']>;
  x: number;
  y: number;
}) {
  const { palette, voltage, x, y } = props;
  const stops = [0, 0.25, 0.5, 0.75, 1];
  return (
    <g transform={`translate(${x + 16},${y})`}>
      {stops.map((s, i) => (
        <g key={s} transform={`translate(${i * 46},0)`}>
          <circle cx="12" cy="2" r="5.5" fill={palette.voltage(s)} stroke="currentColor" stroke-width="0.6" />
          <text x="12" y="20" text-anchor="middle" font-size="10">
            {pu(voltage.minPu + s * (voltage.maxPu - voltage.minPu))}
          </text>
        </g>
      ))}
    </g>
  );
}
