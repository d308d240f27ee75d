/** The claims of answers to questions: point queries, samples of them, and the price map. */
import type { CharacterizeResult, PointQuery, PriceMap, QuerySample, Region } from '../solver/result.js';
import type { Findings } from './finding.js';
import { verifyPoint } from './point.js';
import { BOUNDARY_MW, LOAD_MW } from './tolerances.js';
import { isCertified, moneyTolerance, type TrafficModel } from './traffic.js';

/** A point this close to what was asked for is there, MW: what the file format promises. */
const REACHED_MW = 1e-3;

export function verifyQueries(model: TrafficModel, result: CharacterizeResult, findings: Findings): void {
  result.queries?.forEach((query, index) => verifyQuery(model, result, query, `query ${index}`, findings));
  result.samples?.forEach((sample, index) => verifySample(model, result, sample, index, findings));
  if (result.priceMap) verifyPriceMap(model, result, result.priceMap, findings);
}

function verifyQuery(
  model: TrafficModel,
  { axes }: CharacterizeResult,
  query: PointQuery,
  name: string,
  study: Findings,
): void {
  const findings = study.at({ point: name });
  const { targetMw, subsidyCap, status, point, distanceMw, requiredSubsidy, beyondBudget } = query;
  findings.holds(
    'has a point unless none was found',
    (point === null) === (status === 'none'),
    status,
    'otherwise',
  );
  if (point) {
    verifyPoint(model, axes, point, subsidyCap, findings);
    findings.holds(
      'point of an answer is certified',
      isCertified(point),
      'certified',
      point.certificate.status,
    );
    const own = distance(point.positionMw, targetMw);
    findings.equal('distance from what was asked for, MW', distanceMw, own, LOAD_MW);
    if (status === 'reached') findings.atMost('reached what was asked for, MW', REACHED_MW, own, 0);
  }
  if (beyondBudget) {
    const at = findings.at({ point: `${name}, beyond the budget` });
    verifyPoint(model, axes, beyondBudget, null, at);
    at.atMost('reached what was asked for, MW', REACHED_MW, distance(beyondBudget.positionMw, targetMw), 0);
  }
  const proof = status === 'reached' ? point : beyondBudget;
  const subsidy = proof?.certificate.subsidy ?? null;
  findings.equal('subsidy that it takes, money', requiredSubsidy, subsidy, moneyTolerance(subsidy ?? 0));
}

function verifySample(
  model: TrafficModel,
  result: CharacterizeResult,
  { subsidyCap, queries, reached, seed }: QuerySample,
  index: number,
  findings: Findings,
): void {
  const region = result.regions.find((one) => one.subsidyCap === subsidyCap);
  queries.forEach((query, k) => {
    const name = `sample ${index}, query ${k}`;
    verifyQuery(model, result, query, name, findings);
    const at = findings.at({ point: name });
    at.holds('asked with the budget of the sample', query.subsidyCap === subsidyCap, 'yes', 'no');
    if (region) at.atLeast('asked inside the hull, MW', 0, slack(region, query.targetMw), BOUNDARY_MW);
  });
  const own = queries.filter(({ status }) => status === 'reached').length;
  findings.equal(`points reached of the sample with seed ${seed}`, reached, own, 0);
}

function verifyPriceMap(
  model: TrafficModel,
  result: CharacterizeResult,
  { vertices, grid, queries }: PriceMap,
  findings: Findings,
): void {
  queries.forEach((query, k) => verifyQuery(model, result, query, `price map, query ${k}`, findings));
  for (const { subsidyCap, subsidy } of vertices) {
    const region = result.regions.find((one) => one.subsidyCap === subsidyCap);
    const corners = region?.hull.vertices ?? [];
    findings.equal('prices of the corners, one each', subsidy.length, corners.length, 0);
    corners.forEach((corner, k) => {
      const least = leastSubsidy(result, corner);
      findings.equal(`price of corner ${k}, money`, subsidy[k] ?? null, least, moneyTolerance(least));
    });
  }
  const nodes = grid.counts.reduce((product, count) => product * count, 1);
  findings.equal('estimates of the lattice, one a node', grid.estimate.length, nodes, 0);
  findings.equal('prices of the lattice, one a node', grid.certified.length, nodes, 0);
  grid.certified.forEach((price, node) => {
    if (price === null) return;
    const place = nodePosition(grid, node);
    const proof = queries.find(({ targetMw }) => distance(targetMw, place) <= LOAD_MW);
    findings.equal(
      `price of lattice node ${node}, money`,
      price,
      proof?.requiredSubsidy ?? null,
      moneyTolerance(price),
    );
  });
}

function nodePosition({ originMw, stepMw, counts }: PriceMap['grid'], node: number): number[] {
  const position = [...originMw];
  for (let axis = counts.length - 1, rest = node; axis >= 0; axis--) {
    position[axis] += (rest % counts[axis]) * stepMw[axis];
    rest = Math.floor(rest / counts[axis]);
  }
  return position;
}

/** What the cheapest certified point at a position costs. */
function leastSubsidy({ regions }: CharacterizeResult, positionMw: readonly number[]): number {
  const here = regions
    .flatMap(({ points }) => points)
    .filter((point) => isCertified(point) && distance(point.positionMw, positionMw) <= LOAD_MW);
  return Math.min(...here.map(({ certificate }) => certificate.subsidy));
}

/** Room to the nearest plane of a region's hull, MW. */
function slack({ hull }: Region, positionMw: readonly number[]): number {
  return Math.min(
    ...hull.halfspaces.map(
      ({ normal, offset }) => offset - normal.reduce((sum, value, axis) => sum + value * positionMw[axis], 0),
    ),
  );
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - b[axis]));
}
