/**
 * Generalised costs of links and paths, in money. Road: theta·tau(1 + 0.15 (w/cap)^4) with w the inflow rate
 * in veh/h. Charging link: theta(service + maxWait·(h(t+1)/ports)^3) + E·price(t) − coupon(t), E = power ×
 * service; V2G link: the same time, − E·price(t) − coupon(t). A link is paid at the interval of entry, between
 * two intervals in the proportion in which the vehicles enter.
 */
import type { Coupon } from '../solver/result.js';
import type { Link, Network, Path, Stop } from './network.js';
import type { Loading } from './loading.js';

export interface LinkCosts {
  /** Generalised cost for who enters in the interval. */
  cost(link: Link, interval: number): number;
  /** Its part that is time, in money. */
  timeCost(link: Link, interval: number): number;
}

/** Price of energy; after the horizon the last one holds. */
export function pricePerKwh(stop: Stop, interval: number): number {
  const prices = stop.service.pricePerKwh;
  return prices[Math.min(interval, prices.length - 1)];
}

/** Energy of one visit, kWh. */
export function visitEnergyKwh(stop: Stop): number {
  return stop.service.powerKw * stop.service.serviceH;
}

export function couponLookup(coupons: readonly Coupon[]): (stop: Stop, interval: number) => number {
  const values = new Map<string, number>();
  for (const coupon of coupons) {
    const key = `${coupon.station}.${coupon.service}@${coupon.interval}`;
    values.set(key, (values.get(key) ?? 0) + coupon.perVehicle);
  }
  return (stop, interval) => values.get(`${stop.id}@${interval}`) ?? 0;
}

export function linkCosts(network: Network, loading: Loading, coupons: readonly Coupon[]): LinkCosts {
  const { intervalHours, valueOfTimePerH } = network.scenario;
  const coupon = couponLookup(coupons);
  const travelTimeH = (link: Link, interval: number): number => {
    if (link.kind === 'road') {
      const rate = loading.inflow(link, interval) / intervalHours;
      return link.road.freeFlowTimeH * (1 + 0.15 * (rate / link.road.capacityVehPerH) ** 4);
    }
    const { serviceH, maxWaitH, ports } = link.service;
    return serviceH + maxWaitH * (loading.occupancy(link, interval + 1) / ports) ** 3;
  };
  const timeCost = memo((link, interval) => valueOfTimePerH * travelTimeH(link, interval));
  const cost = memo((link, interval) => {
    const time = timeCost(link, interval);
    if (link.kind === 'road') return time;
    const energyMoney = visitEnergyKwh(link) * pricePerKwh(link, interval);
    return time + (link.traveller === 'charging' ? energyMoney : -energyMoney) - coupon(link, interval);
  });
  return { cost, timeCost };
}

/** Sum of a link quantity along a path for who departs in the interval. */
export function alongPath(
  path: Path,
  departure: number,
  quantity: (link: Link, interval: number) => number,
): number {
  let sum = 0;
  for (const { link, whole, fraction } of path) {
    sum += (1 - fraction) * quantity(link, departure + whole);
    if (fraction > 0) sum += fraction * quantity(link, departure + whole + 1);
  }
  return sum;
}

/** Every link and interval is asked for by many paths. */
function memo(compute: (link: Link, interval: number) => number): (link: Link, interval: number) => number {
  const known = new Map<Link, number[]>();
  return (link, interval) => {
    let series = known.get(link);
    if (!series) known.set(link, (series = []));
    return (series[interval] ??= compute(link, interval));
  };
}
