/** Where it happens: roads and feeder at one time of the chosen point's plan. */
import { useEffect } from 'preact/hooks';
import { NetworkMap } from '../../report/drawings/network-map.js';
import type { Palette } from '../../report/drawings/palette.js';
import { percent, pu } from '../../report/labels.js';
import type { StudyView } from '../../report/view-model.js';
import type { ElementKind } from '../region/protocol.js';
import type { Action, Model } from './model.js';
import { Measured } from './measured.js';
import { TimeSlider } from './time-slider.js';

interface Props {
  model: Model;
  view: StudyView;
  palette: Palette;
  dispatch: (action: Action) => void;
  reveal: (kind: ElementKind, id: string) => void;
  needMap: () => void;
}

export function MapTab({ model, view, palette, dispatch, reveal, needMap }: Props) {
  const { map } = model;
  useEffect(() => {
    if (!map) needMap();
  }, [map]);
  const interval = Math.min(model.interval ?? view.axes[0]?.interval ?? 0, view.intervals - 1);
  const point = view.points.find((p) => p.id === model.pointId);
  if (!map) return <p class="notice">Laying out the map …</p>;
  return (
    <>
      <p class="sentence">
        {point
          ? `Plan of ${point.kind === 'boundary' ? `point ${point.label}` : point.label}.`
          : 'Select a point to see its flows.'}{' '}
        {map.surveyed ? '' : 'Positions are laid out automatically; “at x y” in a node or bus sets them. '}
        Click a road, node or bus to find it in the file.
      </p>
      <TimeSlider {...{ view, interval, dispatch }} />
      <Measured>
        {(width) => (
          <NetworkMap
            {...{ map, palette, interval, width }}
            detail={model.detail}
            time={view.times[interval]}
            selected={model.element}
            onSelect={(kind, id) => {
              dispatch({ type: 'element', element: { kind, id } });
              reveal(kind, id);
            }}
          />
        )}
      </Measured>
      <ElementTable {...{ model, interval, reveal }} />
    </>
  );
}

/** The same numbers for those who do not see the map; the links of it work with the keyboard. */
function ElementTable({
  model,
  interval,
  reveal,
}: {
  model: Model;
  interval: number;
  reveal: Props['reveal'];
}) {
  const { detail, map } = model;
  const voltages = detail?.voltage?.intervals.find((i) => i.interval === interval)?.pu;
  return (
    <details>
      <summary>The map as a table</summary>
      <div class="side-by-side">
        <table>
          <caption>Roads</caption>
          <thead>
            <tr>
              <th scope="col">Link</th>
              <th scope="col" class="number">
                Inflow ÷ capacity
              </th>
            </tr>
          </thead>
          <tbody>
            {map!.links.map((l) => (
              <tr key={l.id}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => reveal('link', l.id)}>
                    {l.id}
                  </button>
                </th>
                <td class="number">
                  {detail?.linkLoading[l.id] ? percent(detail.linkLoading[l.id][interval]) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {map!.buses.length ? (
          <table>
            <caption>Buses</caption>
            <thead>
              <tr>
                <th scope="col">Bus</th>
                <th scope="col" class="number">
                  Voltage (pu)
                </th>
              </tr>
            </thead>
            <tbody>
              {map!.buses.map((b) => (
                <tr key={b.id}>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => reveal('bus', b.id)}>
                      {[b.id, ...b.stations].join(' · ')}
                    </button>
                  </th>
                  <td class="number">{voltages?.[b.id] === undefined ? '–' : pu(voltages[b.id])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
    </details>
  );
}
