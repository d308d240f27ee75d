/**
 * The dispatch's cost over the horizon [F_PDN, section 2.2 of the paper], with coupons m in money per vehicle,
 * E = power × service time, w = vehicles that enter a station in an interval, those after the horizon included:
 *
 *   utility            F_gen = Σ price(t) · P_source(t) · step
 *   generators         F_DG  = Σ cost · P(t) · step
 *   charging profit    F_ch  = Σ w (E (price − average price) − m)   over charging links
 *   V2G compensation   F_v2g = Σ w (E · price + m)                   over V2G links
 *   subsidy            F_bs  = Σ w · m                               over both
 *   total = utility + generators − charging profit + V2G compensation + subsidy
 *
 * So a coupon counts twice, as in the paper: once as subsidy, once in what the station earns or pays.
 */
import type { DispatchResult, FeederState } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import type { StationChoice } from '../traffic/station-choice.js';

export type DispatchCosts = NonNullable<DispatchResult['costs']>;

/** Times that a unit of coupons counts in the total. */
export const SUBSIDY_WEIGHT = 2;

/** What a station pays for the energy that it sells [ω_avg]: the mean charging price over stations and intervals. */
export function averageChargingPrice({ stations }: Scenario): number {
  const prices = stations.flatMap(({ charging }) => charging?.pricePerKwh ?? []);
  return prices.length === 0 ? 0 : prices.reduce((sum, price) => sum + price, 0) / prices.length;
}

/**
 * Cost of a vehicle that enters, by cell of a class, without its coupon: −E(price − average) where it charges,
 * E·price where it offers V2G. Money.
 */
export function entryCosts(scenario: Scenario, choice: StationChoice): Float64Array {
  const average = averageChargingPrice(scenario);
  const { intervals } = choice.columns;
  return choice.price.map((price, cell) => {
    const station = scenario.stations[choice.stations[Math.floor(cell / intervals)]];
    const { charging } = station;
    // `price` is what the driver pays, so V2G's is negative.
    if (choice.kind === 'v2g' || !charging) return -price;
    return charging.powerKw * charging.serviceH * average - price;
  });
}

/** Cost of all entries of a class in a state without coupons, money. */
export function entryCost(costs: Float64Array, inflow: Float64Array): number {
  return costs.reduce((sum, cost, cell) => sum + cost * inflow[cell], 0);
}

/** All terms of an operating point. */
export function costTerms(
  scenario: Scenario,
  choices: readonly StationChoice[],
  states: readonly ClassState[],
  feeder: readonly FeederState[] | null,
): DispatchCosts {
  let chargingProfit = 0;
  let v2gCompensation = 0;
  choices.forEach((choice, index) => {
    const { inflow, subsidy } = states[index];
    const entries = entryCost(entryCosts(scenario, choice), inflow);
    if (choice.kind === 'charging') chargingProfit = 0 - entries - subsidy;
    else v2gCompensation = entries + subsidy;
  });
  let utility = 0;
  let generators = 0;
  for (const { interval, setpoints } of feeder ?? []) {
    for (const { id, pricePerKwh } of scenario.feeder?.sources ?? [])
      utility += pricePerKwh[interval] * (setpoints[id]?.kw ?? 0) * scenario.intervalHours;
    for (const { id, costPerKwh } of scenario.feeder?.generators ?? [])
      generators += costPerKwh * (setpoints[id]?.kw ?? 0) * scenario.intervalHours;
  }
  const subsidy = subsidyOf(states);
  const total = utility + generators - chargingProfit + v2gCompensation + subsidy;
  return { utility, generators, chargingProfit, v2gCompensation, subsidy, total };
}
