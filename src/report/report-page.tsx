/** The report's page: the panel's drawings in reading order, on white, with page breaks where they do no harm. */
import type { ResultFile } from '../solver/result.js';
import { PLANE_VIEWS } from './drawings/axes-box.js';
import { Certificate } from './drawings/certificate.js';
import { CouponMap } from './drawings/coupon-map.js';
import { IntervalChart } from './drawings/interval-chart.js';
import { MeasureChart } from './drawings/measure-chart.js';
import { NetworkMap } from './drawings/network-map.js';
import type { Palette } from './drawings/palette.js';
import { OuterTable } from './drawings/outer-table.js';
import { PolygonChart } from './drawings/polygon-chart.js';
import { QueriesTable } from './drawings/question-tables.js';
import { RangesChart } from './drawings/ranges-chart.js';
import { Routes } from './drawings/routes.js';
import { SamplesTable } from './drawings/samples-table.js';
import { Solid } from './drawings/solid.js';
import { Spread } from './drawings/spread.js';
import { StationChart, stationTop } from './drawings/station-chart.js';
import { DispatchTables, PointsTable, RegionsTable } from './drawings/tables.js';
import { VoltageChart } from './drawings/voltage-chart.js';
import { reportStyle } from './report-style.js';
import { outerOutline } from './outer.js';
import type { MapView, PointDetail, PointView, Projection, StudyView } from './view-model.js';

export interface ReportPoint {
  point: PointView;
  detail: PointDetail;
}

export interface ReportStudy {
  view: StudyView;
  /** Positions of the axes that the pictures show. */
  axes: number[];
  /** Of the regions on these axes, when the study has more. */
  projection: Projection | null;
  points: ReportPoint[];
}

interface Props {
  file: ResultFile;
  studies: ReportStudy[];
  map: MapView;
  palette: Palette;
}

/** Width of the drawings; a page of A4 holds it. */
const WIDTH = 680;

export function ReportPage({ file, studies, map, palette }: Props) {
  const title = file.scenario.title ?? file.scenario.name;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{`${title}: flexible operation region`}</title>
        <style dangerouslySetInnerHTML={{ __html: reportStyle }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p class="muted">
            {`Scenario ${file.scenario.name}. Regions of the stations’ net load that coupons can bring about within a budget. Each point carries its certificate. Made by ${file.generator.name} ${file.generator.version}.`}
          </p>
          {studies.map((study) => (
            <Study key={study.view.study} {...{ study, map, palette }} />
          ))}
        </main>
      </body>
    </html>
  );
}

function Study({ study, map, palette }: { study: ReportStudy; map: MapView; palette: Palette }) {
  const { view } = study;
  return (
    <section>
      <h2>{`Study ${view.study}`}</h2>
      {view.partial ? (
        <p class="warning">Partial: the study ended before its last point; larger regions may exist.</p>
      ) : null}
      {view.regions.map((r) =>
        r.infeasible ? <p key={r.label} class="warning">{`${r.label}: ${r.infeasible.message}`}</p> : null,
      )}
      <RegionPictures {...{ study, palette }} />
      <h3>Size against budget</h3>
      <MeasureChart {...{ view, palette }} width={WIDTH} />
      <h3>Range of each station</h3>
      <RangesChart {...{ view, palette }} width={WIDTH} />
      <RegionsTable view={view} />
      <OuterTable view={view} />
      <DispatchTables view={view} heading="h3" />
      <QueriesTable view={view} />
      <SamplesTable view={view} />
      {study.points.map((p) => (
        <PointSection key={p.point.id} {...{ view, palette, map }} {...p} />
      ))}
      <section class="wide" tabIndex={0} aria-label="All points">
        <h3>All points</h3>
        <PointsTable view={view} />
      </section>
    </section>
  );
}

function RegionPictures({ study, palette }: { study: ReportStudy; palette: Palette }) {
  const { view, axes, projection } = study;
  const common = { view, palette, axes, hulls: projection?.hulls };
  const outer = outerOutline(view.regions, undefined, [], projection?.outerHulls);
  const note = outer ? (
    <p>{`${axes.length === 3 ? 'Thin wires' : 'Long dashes'}: proven for ${view.regions[outer.region].label}; no certified point can lie outside.`}</p>
  ) : null;
  if (axes.length === 1) return <IntervalChart {...common} outer width={WIDTH} />;
  if (axes.length === 2)
    return (
      <>
        <PolygonChart {...common} outer={outer} width={WIDTH} height={520} />
        {note}
      </>
    );
  return (
    <>
      <Solid {...common} outer={outer} width={WIDTH} height={520} points />
      {note}
      <div class="row">
        {(['xy', 'xz', 'yz'] as const).map((plane) => (
          <Solid key={plane} {...common} width={330} height={290} angles={PLANE_VIEWS[plane]} />
        ))}
      </div>
    </>
  );
}

interface PointSectionProps extends ReportPoint {
  view: StudyView;
  palette: Palette;
  map: MapView;
}

function PointSection({ point, detail, view, palette, map }: PointSectionProps) {
  const interval = view.axes[0].interval;
  const time = view.times[interval];
  const top = stationTop(detail.stations);
  const budget = point.region === null ? '' : ` (${view.regions[point.region].label})`;
  return (
    <section class="point">
      <h3>{point.kind === 'boundary' ? `Point ${point.label}${budget}` : `Point “${point.label}”`}</h3>
      <Certificate {...{ point, view }} />
      <Spread {...{ point, view }} />
      {detail.coupons.length ? (
        <CouponMap {...{ view, detail, palette }} width={WIDTH} />
      ) : (
        <p>No coupons are paid.</p>
      )}
      <h4>Arrivals (bars) and vehicles present (line)</h4>
      <div class="row">
        {detail.stations.flatMap((station) =>
          (['charging', 'v2g'] as const).map((service) => (
            <StationChart
              key={`${station.id}.${service}`}
              {...{ view, station, service, top, palette }}
              width={330}
              height={130}
            />
          )),
        )}
      </div>
      {detail.voltage ? (
        <VoltageChart voltage={detail.voltage} {...{ interval, time, palette }} width={WIDTH} />
      ) : null}
      <h4>{`Network at ${time}`}</h4>
      <NetworkMap {...{ map, detail, interval, time, palette }} width={WIDTH} />
      <Routes routes={detail.routes} palette={palette} />
    </section>
  );
}
