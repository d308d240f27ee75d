/** Shapes of the marks of a point: by budget, and for what is not on a boundary. */
import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
  type SymbolType,
} from 'd3-shape';

const BY_REGION: SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolWye,
  symbolCross,
];

/** Path of the mark of a region's points, centred at the origin; `area` in square pixels. */
export function regionMark(region: number, area = 40): string {
  return symbol(BY_REGION[region % BY_REGION.length], area)() ?? '';
}

export function dispatchMark(area = 110): string {
  return symbol(symbolStar, area)() ?? '';
}
