/** Nearest-rank quantile: `share` 0 is the least value, 0.5 the median, 1 the largest; 0 for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}
