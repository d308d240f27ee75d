/** Voltages along the feeder at one interval, every lateral as a line outwards, with the permitted band. */
import { extent, max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { pu } from '../labels.js';
import type { PointDetail } from '../view-model.js';
import { BottomAxis, Frame, LeftAxis } from './frame.js';
import type { Palette } from './palette.js';

const MARGIN = { left: 50, right: 24, top: 32, bottom: 42 };

export function VoltageChart(props: {
  voltage: NonNullable<PointDetail['voltage']>;
  interval: number;
  time: string;
  palette: Palette;
  width: number;
  height?: number;
  onBus?: (bus: string) => void;
}) {
  const { voltage, interval, time, palette, width, height = 240, onBus } = props;
  const now = (voltage.intervals.find((i) => i.interval === interval) ?? voltage.intervals[0])?.pu ?? {};
  const every = voltage.intervals.flatMap((i) => Object.values(i.pu));
  const [low, high] = extent([...every, voltage.minPu, voltage.maxPu]) as [number, number];
  const x = scaleLinear(
    [0, max(voltage.buses, (b) => b.distanceOhm) || 1],
    [MARGIN.left, width - MARGIN.right],
  );
  const y = scaleLinear([low - 0.005, high + 0.005], [height - MARGIN.bottom, MARGIN.top]);
  const byId = new Map(voltage.buses.map((b) => [b.id, b]));
  const shown = Object.values(now);
  const across = width - MARGIN.left - MARGIN.right;
  return (
    <Frame
      width={width}
      height={height}
      interactive={!!onBus}
      label={`Voltages at ${time}: ${pu(Math.min(...shown))} to ${pu(Math.max(...shown))} pu, allowed ${pu(
        voltage.minPu,
      )} to ${pu(voltage.maxPu)} pu`}
    >
      <rect
        x={MARGIN.left}
        y={y(voltage.maxPu)}
        width={across}
        height={y(voltage.minPu) - y(voltage.maxPu)}
        fill="currentColor"
        fill-opacity="0.06"
      />
      <LeftAxis scale={y} at={MARGIN.left} title={`Voltage at ${time} (pu)`} grid={across} />
      <BottomAxis
        scale={x}
        at={height - MARGIN.bottom}
        title="Resistance from the source (Ω)"
        ticks={width < 400 ? 5 : 8}
      />
      {[voltage.minPu, voltage.maxPu].map((limit) => (
        <g key={limit}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(limit)}
            y2={y(limit)}
            stroke={palette.warning}
            stroke-width="1.5"
            stroke-dasharray="6 3"
          />
          <text
            x={width - MARGIN.right}
            y={y(limit) + (limit === voltage.minPu ? -4 : 12)}
            text-anchor="end"
            fill={palette.warning}
          >
            {`${limit === voltage.minPu ? 'lower' : 'upper'} limit ${pu(limit)}`}
          </text>
        </g>
      ))}
      {voltage.buses.map((bus) => {
        const parent = bus.parent === null ? undefined : byId.get(bus.parent);
        if (!parent || now[bus.id] === undefined || now[parent.id] === undefined) return null;
        return (
          <line
            key={bus.id}
            x1={x(parent.distanceOhm)}
            y1={y(now[parent.id])}
            x2={x(bus.distanceOhm)}
            y2={y(now[bus.id])}
            stroke="currentColor"
            stroke-opacity="0.55"
            stroke-width="1.3"
          />
        );
      })}
      {voltage.buses.map((bus) => {
        const value = now[bus.id];
        if (value === undefined) return null;
        const station = bus.stations.length > 0;
        return (
          <g
            key={bus.id}
            transform={`translate(${x(bus.distanceOhm)},${y(value)})`}
            onClick={onBus && (() => onBus(bus.id))}
            cursor={onBus ? 'pointer' : undefined}
          >
            <title>{`${bus.id}: ${pu(value)} pu`}</title>
            <circle
              r={station ? 5 : 2.8}
              fill={palette.voltage((value - voltage.minPu) / (voltage.maxPu - voltage.minPu))}
              stroke="currentColor"
              stroke-width={station ? 1.5 : 0.4}
            />
            {station ? (
              <text y="-9" text-anchor="middle" font-weight="600">
                {bus.stations.join(', ')}
              </text>
            ) : null}
          </g>
        );
      })}
    </Frame>
  );
}
