/**
 * Results without the plans of their points. A plan (flows, coupons, voltages of every interval) takes some 25 kB and is
 * looked at one at a time; a few hundred of them, cloned with every partial result, would hold up the extension host.
 * They travel once, as text, and stay text until somebody looks.
 */
import { Plan, type Point, type ResultFile, type StudyResult } from '../../solver/result.js';
import type { Parcel } from './runner-protocol.js';

/** Stands for a plan that is kept elsewhere. */
export const NO_PLAN: Plan = { coupons: [], flows: [], stationLoadMw: {}, feeder: null };
const NO_PLAN_TEXT = `"plan":${JSON.stringify(NO_PLAN)}`;

/** @param take gets the plans in the order in which they stand in the value's JSON text */
export function withoutPlans<T>(value: T, take: (plan: Plan) => void): T {
  if (Array.isArray(value)) return value.map((item) => withoutPlans<unknown>(item, take)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      if (key !== 'plan' || item === null) return [key, withoutPlans(item, take)];
      take(item as Plan);
      return [key, NO_PLAN];
    }),
  ) as T;
}

/** A result and the JSON texts of its plans, in the order of their points. */
export interface StudyRecord {
  /** Every plan in it is `NO_PLAN`. */
  result: ResultFile;
  plans: string[];
}

export function recordOf(file: ResultFile): StudyRecord {
  const plans: string[] = [];
  const studies = withoutPlans(file.studies, (plan) => plans.push(JSON.stringify(plan)));
  return { result: { ...file, studies }, plans };
}

/** The whole result as JSON. The mark cannot occur inside a string of it: its quotes would be escaped. */
export function textOf({ result, plans }: StudyRecord): string {
  const parts = JSON.stringify(result).split(NO_PLAN_TEXT);
  return parts.map((part, i) => (i === 0 ? part : `"plan":${plans[i - 1]}${part}`)).join('');
}

/** The plan of a point of the record; null when it is not one of its points. */
export function planOf({ result, plans }: StudyRecord, point: Point): Plan | null {
  const index = pointsIn(result.studies).indexOf(point);
  return index < 0 ? null : Plan.parse(JSON.parse(plans[index]));
}

/** Everything that has a plan, in the order of the JSON text. */
function pointsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('plan' in value && value.plan !== null) return [value];
  return Object.values(value).flatMap(pointsIn);
}

/** Takes the plans out of results and sends each of them once, however many results name it. */
export function packer(): <R extends StudyResult>(result: R) => Parcel<R> {
  const sent = new Map<Plan, number>();
  return (result) => {
    const plans: number[] = [];
    const newPlans: string[] = [];
    const bare = withoutPlans(result, (plan) => {
      let index = sent.get(plan);
      if (index === undefined) {
        sent.set(plan, (index = sent.size));
        newPlans.push(JSON.stringify(plan));
      }
      plans.push(index);
    });
    return { result: bare, plans, newPlans };
  };
}

/** The record with another result of one of its studies. */
export function withStudy(record: StudyRecord, study: StudyResult, plans: readonly string[]): StudyRecord {
  let from = 0;
  const parts = record.result.studies.map((own) => {
    const count = pointsIn(own).length;
    const kept = record.plans.slice(from, (from += count));
    return own.name === study.name ? { study, plans } : { study: own, plans: kept };
  });
  return {
    result: { ...record.result, studies: parts.map((part) => part.study) },
    plans: parts.flatMap((part) => part.plans),
  };
}
