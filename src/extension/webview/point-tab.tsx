/** How the chosen point comes about: its certificate, coupons, stations, routes and voltages. */
import { Certificate } from '../../report/drawings/certificate.js';
import { CouponMap } from '../../report/drawings/coupon-map.js';
import type { Palette } from '../../report/drawings/palette.js';
import { Routes } from '../../report/drawings/routes.js';
import { StationChart, stationTop } from '../../report/drawings/station-chart.js';
import { VoltageChart } from '../../report/drawings/voltage-chart.js';
import type { PointDetail, StudyView } from '../../report/view-model.js';
import type { Question } from '../region/protocol.js';
import { Equilibria } from './equilibria.js';
import type { Action, Model } from './model.js';
import { Measured } from './measured.js';
import { TimeSlider } from './time-slider.js';

interface Props {
  model: Model;
  view: StudyView;
  palette: Palette;
  dispatch: (action: Action) => void;
  reveal: (kind: 'station' | 'bus', id: string) => void;
}

export function PointTab(props: Props & { onAsk: (question: Question) => void }) {
  const { model, view, palette, dispatch, reveal, onAsk } = props;
  const point = view.points.find((p) => p.id === model.pointId);
  if (!point)
    return <p class="hint">Select a point in the picture or in the table to see how it comes about.</p>;
  const detail = model.detail?.pointId === point.id ? model.detail : null;
  return (
    <>
      <PointChoice {...{ view, pointId: point.id, dispatch }} />
      <Certificate point={point} view={view} />
      <Equilibria {...{ point, detail, view, palette, onAsk }} running={model.run.kind === 'running'} />
      {detail ? (
        <Details {...{ model, view, palette, dispatch, reveal, detail }} />
      ) : (
        <p class="notice">Loading the plan …</p>
      )}
    </>
  );
}

function PointChoice({
  view,
  pointId,
  dispatch,
}: {
  view: StudyView;
  pointId: string;
  dispatch: (a: Action) => void;
}) {
  return (
    <label class="choice">
      <span>Point</span>
      <select value={pointId} onChange={(e) => dispatch({ type: 'point', pointId: e.currentTarget.value })}>
        {view.points.map((p) => (
          <option key={p.id} value={p.id}>
            {p.region === null ? p.label : `${p.label} (${view.regions[p.region].label})`}
          </option>
        ))}
      </select>
    </label>
  );
}

function Details({ model, view, palette, dispatch, reveal, detail }: Props & { detail: PointDetail }) {
  const interval = model.interval ?? view.axes[0]?.interval ?? 0;
  const top = stationTop(detail.stations);
  return (
    <>
      <section>
        <h2>Coupons</h2>
        {detail.coupons.length ? (
          <Measured>
            {(width) => <CouponMap {...{ view, detail, palette }} width={Math.min(width, 900)} />}
          </Measured>
        ) : (
          <p class="hint">No coupons are paid in this plan.</p>
        )}
      </section>
      <section>
        <h2>Arrivals (bars) and vehicles present (line)</h2>
        <Measured>
          {(width) => {
            const across = width > 900 ? 3 : width > 460 ? 2 : 1;
            const each = Math.floor((width - 8 * (across - 1)) / across);
            return (
              <div class="small-multiples">
                {detail.stations.flatMap((station) =>
                  (['charging', 'v2g'] as const).map((service) => (
                    <StationChart
                      key={`${station.id}.${service}`}
                      {...{ view, station, service, top, palette }}
                      width={each}
                    />
                  )),
                )}
              </div>
            );
          }}
        </Measured>
        <p class="links">
          {detail.stations.map((s) => (
            <button key={s.id} type="button" class="link" onClick={() => reveal('station', s.id)}>
              {`Show ${s.id} in the file`}
            </button>
          ))}
        </p>
      </section>
      {detail.voltage ? (
        <section>
          <h2>Voltage along the feeder</h2>
          <TimeSlider {...{ view, interval, dispatch }} />
          <Measured>
            {(width) => (
              <VoltageChart
                voltage={detail.voltage!}
                interval={interval}
                time={view.times[interval]}
                palette={palette}
                width={Math.min(width, 900)}
                onBus={(bus) => reveal('bus', bus)}
              />
            )}
          </Measured>
        </section>
      ) : null}
      <section>
        <Routes routes={detail.routes} palette={palette} />
      </section>
    </>
  );
}
