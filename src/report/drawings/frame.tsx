/** The frame around a drawing and its axes; all styling in attributes, so that an SVG is complete by itself. */
import type { ComponentChildren } from 'preact';
import type { ScaleLinear } from 'd3-scale';

export interface FrameProps {
  width: number;
  height: number;
  /** Names the drawing for those who do not see it; say what it shows. */
  label: string;
  children?: ComponentChildren;
  /** For drawings with parts to click: they stay visible to assistive technology. */
  interactive?: boolean;
  class?: string;
}

export function Frame({ width, height, label, children, interactive, class: name }: FrameProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={interactive ? 'group' : 'img'}
      aria-label={label}
      class={name}
      font-size="11"
      fill="currentColor"
    >
      {children}
    </svg>
  );
}

type Linear = ScaleLinear<number, number>;

interface AxisProps {
  scale: Linear;
  /** Where the axis lies across its direction. */
  at: number;
  ticks?: number;
  title?: string;
  /** Length of the grid lines into the drawing; none if absent. */
  grid?: number;
  format?: (value: number) => string;
}

/** Axis along the bottom, grid lines upwards. */
export function BottomAxis({ scale, at, ticks = 6, title, grid, format }: AxisProps) {
  const show = format ?? scale.tickFormat(ticks);
  const [from, to] = scale.range();
  return (
    <g aria-hidden="true">
      {scale.ticks(ticks).map((value) => (
        <g key={value} transform={`translate(${scale(value)},${at})`}>
          {grid ? <line y2={-grid} stroke="currentColor" stroke-opacity="0.14" /> : null}
          <line y2="4" stroke="currentColor" stroke-opacity="0.6" />
          <text y="16" text-anchor="middle">
            {show(value)}
          </text>
        </g>
      ))}
      <line x1={from} x2={to} y1={at} y2={at} stroke="currentColor" stroke-opacity="0.6" />
      {title ? (
        <text x={(from + to) / 2} y={at + 32} text-anchor="middle" font-weight="600">
          {title}
        </text>
      ) : null}
    </g>
  );
}

/** Axis along the left, grid lines to the right; its title stands above it, readable without turning the head. */
export function LeftAxis({ scale, at, ticks = 5, title, grid, format }: AxisProps) {
  const show = format ?? scale.tickFormat(ticks);
  const [from, to] = scale.range();
  return (
    <g aria-hidden="true">
      {scale.ticks(ticks).map((value) => (
        <g key={value} transform={`translate(${at},${scale(value)})`}>
          {grid ? <line x2={grid} stroke="currentColor" stroke-opacity="0.14" /> : null}
          <line x2="-4" stroke="currentColor" stroke-opacity="0.6" />
          <text x="-7" dy="0.35em" text-anchor="end">
            {show(value)}
          </text>
        </g>
      ))}
      <line x1={at} x2={at} y1={from} y2={to} stroke="currentColor" stroke-opacity="0.6" />
      {title ? (
        <text x="4" y={Math.min(from, to) - 8} font-weight="600">
          {title}
        </text>
      ) : null}
    </g>
  );
}
