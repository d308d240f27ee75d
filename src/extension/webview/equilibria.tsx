/** At the certificate: can the coupons of this point bring about anything else? */
import { CouponMap } from '../../report/drawings/coupon-map.js';
import type { Palette } from '../../report/drawings/palette.js';
import { Spread } from '../../report/drawings/spread.js';
import type { PointDetail, PointView, StudyView } from '../../report/view-model.js';
import type { Question } from '../region/protocol.js';
import { Measured } from './measured.js';

interface Props {
  point: PointView;
  detail: PointDetail | null;
  view: StudyView;
  palette: Palette;
  running: boolean;
  onAsk: (question: Question) => void;
}

export function Equilibria({ point, detail, view, palette, running, onAsk }: Props) {
  const coupons = detail?.marginCoupons;
  // Questions are about the first of the study’s times.
  const askable = point.certificate.status === 'certified' && !view.timeline?.index;
  return (
    <section class="equilibria" aria-label="One equilibrium or several">
      <Spread point={point} view={view} />
      {coupons ? (
        <>
          <h3>Coupons with the margin</h3>
          <Measured>
            {(width) => (
              <CouponMap
                {...{ view, palette }}
                detail={{ ...detail, coupons }}
                width={Math.min(width, 900)}
              />
            )}
          </Measured>
        </>
      ) : null}
      {askable && !point.spread ? (
        <button
          type="button"
          disabled={running}
          title="Solves from many other starts with the coupons of this point: seconds"
          onClick={() => onAsk({ kind: 'spread', pointId: point.id })}
        >
          One equilibrium or several?
        </button>
      ) : null}
    </section>
  );
}
