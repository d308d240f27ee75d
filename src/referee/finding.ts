/** What the referee says: one finding per claim of a result file, whether it holds or not. */

export interface Finding {
  /** Name of the study. */
  study: string;
  /** The region by its budget, "static 2000" for a static one; null where the claim is about the whole study. */
  region: string | null;
  /** Index into the region's points, "coupon-free" or "operating point"; null for a claim about the region. */
  point: number | string | null;
  /** What is claimed, in words. */
  claim: string;
  stated: number | string | null;
  recomputed: number | string | null;
  /** Largest difference that still counts as agreement, in the unit of the claim. */
  tolerance: number;
  ok: boolean;
}

export type Place = Pick<Finding, 'study' | 'region' | 'point'>;

/** Collects findings about one place of the file; `at` continues at another place of the same file. */
export class Findings {
  constructor(
    private readonly place: Place,
    readonly all: Finding[] = [],
  ) {}

  at(place: Partial<Place>): Findings {
    return new Findings({ ...this.place, ...place }, this.all);
  }

  /** The file states a number; the referee's own must agree with it. */
  equal(claim: string, stated: number | null, recomputed: number | null, tolerance: number): void {
    const ok =
      stated === null || recomputed === null
        ? stated === recomputed
        : Math.abs(stated - recomputed) <= tolerance;
    this.add(claim, stated, recomputed, tolerance, ok);
  }

  /** A limit of the model or of the method; the referee's own number must respect it. */
  atMost(claim: string, limit: number, recomputed: number, tolerance: number): void {
    this.add(claim, limit, recomputed, tolerance, recomputed <= limit + tolerance);
  }

  atLeast(claim: string, limit: number, recomputed: number, tolerance: number): void {
    this.add(claim, limit, recomputed, tolerance, recomputed >= limit - tolerance);
  }

  /** A claim without a number of its own. */
  holds(claim: string, ok: boolean, stated: string, recomputed: string): void {
    this.add(claim, stated, ok ? stated : recomputed, 0, ok);
  }

  private add(
    claim: string,
    stated: Finding['stated'],
    recomputed: Finding['recomputed'],
    tolerance: number,
    ok: boolean,
  ): void {
    this.all.push({ ...this.place, claim, stated, recomputed, tolerance, ok });
  }
}
