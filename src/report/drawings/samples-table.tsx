/** Random points inside the hulls: how many were reached, what they take, and how long an answer takes. */
import type { QuerySample } from '../../solver/result.js';
import { capLabel, money, percent } from '../labels.js';
import { quantile } from '../quantile.js';

const MS_PER_SECOND = 1000;

interface Props {
  samples: readonly QuerySample[];
  currency: string;
}

export function SamplesTable({ samples, currency }: Props) {
  if (!samples.length) return null;
  return (
    <table>
      <caption>Random points inside the hull: is the region convex?</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          <th scope="col" class="number">
            Points
          </th>
          <th scope="col" class="number">
            Reached
          </th>
          <th scope="col" class="number">{`Subsidy, median (${currency})`}</th>
          <th scope="col" class="number">{`Largest (${currency})`}</th>
          <th scope="col" class="number">
            Time, median (ms)
          </th>
          <th scope="col" class="number">
            90 % (ms)
          </th>
          <th scope="col" class="number">
            Seed
          </th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ subsidyCap, seed, reached, queries, complete }, i) => {
          const subsidies = queries.flatMap(({ requiredSubsidy }) => requiredSubsidy ?? []);
          const times = queries.map(({ seconds }) => seconds * MS_PER_SECOND);
          const share = queries.length ? reached / queries.length : 0;
          return (
            <tr key={i}>
              <th scope="row">{capLabel(subsidyCap, currency)}</th>
              <td class="number">{`${queries.length}${complete ? '' : ' (stopped early)'}`}</td>
              <td class="number">{`${reached} (${percent(share)})`}</td>
              <td class="number">{money(quantile(subsidies, 0.5))}</td>
              <td class="number">{money(quantile(subsidies, 1))}</td>
              <td class="number">{money(quantile(times, 0.5))}</td>
              <td class="number">{money(quantile(times, 0.9))}</td>
              <td class="number">{seed}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
