/**
 * Colours of the drawings: viridis and cividis, whose steps stay apart for colour-blind readers and in grey, cut
 * to the part that stands out from the theme's background. Every colour has a second carrier beside it: a mark's
 * shape, a dash pattern, a printed number, a width.
 */
import { interpolateCividis, interpolateViridis } from 'd3-scale-chromatic';
import { hcl, type RGBColor, rgb } from 'd3-color';

export type ThemeKind = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export interface Palette {
  readonly kind: ThemeKind;
  readonly dark: boolean;
  readonly highContrast: boolean;
  /** Colour of the budget at `index` of `count`, smallest first. */
  cap(index: number, count: number): string;
  /** Fill and readable text on it for a share from 0 to 1. */
  heat(share: number): { fill: string; ink: string };
  /** Inflow over capacity, 0 to 1 and beyond. */
  loading(ratio: number): string;
  /** Voltage within its band: 0 at the lower limit, 1 at the upper one. */
  voltage(share: number): string;
  readonly statics: string;
  readonly feeder: string;
  readonly dispatch: string;
  readonly free: string;
  readonly warning: string;
}

/** Luminance with the same contrast to black as to white: sqrt(1.05 · 0.05) − 0.05. */
const EQUAL_CONTRAST = 0.179;

const clamp = (x: number) => Math.min(1, Math.max(0, x));

/** Viridis between these shares has a contrast of 3:1 and more with white and with #1e1e1e. */
const CAP_RANGE = { light: [0.02, 0.58], dark: [0.95, 0.45] } as const;

export function paletteFor(kind: ThemeKind): Palette {
  const dark = kind === 'dark' || kind === 'high-contrast';
  const [from, to] = CAP_RANGE[dark ? 'dark' : 'light'];
  const along = (t: number) => (dark ? 0.3 + 0.7 * clamp(t) : 0.95 - 0.95 * clamp(t));
  return {
    kind,
    dark,
    highContrast: kind.startsWith('high-contrast'),
    cap: (index, count) => toHex(interpolateViridis(from + ((to - from) * index) / Math.max(1, count - 1))),
    heat: (share) => {
      const fill = rgb(interpolateCividis(dark ? 0.1 + 0.9 * clamp(share) : 1 - 0.95 * clamp(share)));
      return { fill: fill.formatHex(), ink: luminance(fill) > EQUAL_CONTRAST ? '#000000' : '#ffffff' };
    },
    loading: (ratio) => toHex(interpolateCividis(along(ratio))),
    voltage: (share) => voltageColour(clamp(share), dark),
    statics: dark ? '#f0a3c8' : '#a01f66',
    feeder: dark ? '#9db7ff' : '#2b50c8',
    dispatch: dark ? '#ff9d5c' : '#b34700',
    free: dark ? '#ffffff' : '#000000',
    warning: dark ? '#ffb454' : '#9a4f00',
  };
}

/** Orange at the lower limit, the foreground's grey in the middle, blue at the upper one (safe for red-green). */
function voltageColour(share: number, dark: boolean): string {
  const distance = Math.abs(share - 0.5) * 2;
  const hue = share < 0.5 ? 55 : 265;
  return hcl(hue, 75 * distance, dark ? 72 : 48).formatHex();
}

function toHex(colour: string): string {
  return rgb(colour).formatHex();
}

/** Relative luminance of WCAG 2. */
export function luminance(colour: RGBColor): number {
  const linear = (c: number) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(rgb(a)), luminance(rgb(b))].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

/** Dash patterns by budget, the second carrier beside colour for outlines. */
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3'];
export const dash = (index: number) => DASHES[index % DASHES.length];
