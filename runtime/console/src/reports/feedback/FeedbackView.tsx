import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../api/client';
import { askReporting, type Feedback } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { useMoments } from '../moments';
import type { ViewProps } from '../Report';
import { useTree } from '../tree';
import { DisputeDialog } from './DisputeDialog';
import { Disputes } from './Disputes';
import './feedback.css';

/** What the bureau above holds about a unit, and what the unit says to it. */
export function FeedbackView({ form, period, unit: asked }: ViewProps) {
  const { t } = useTranslation();
  const root = useTree()?.root?.code;
  const unit = asked ?? root;
  const feedback = useQuery({ ...askReporting.feedback(form.id, period, unit ?? ''), enabled: unit !== undefined, retry: false });
  const [disputed, setDisputed] = useState<Indicator | null>(null);
  return (
    <>
      {feedback.isError ? <Wrong error={feedback.error} onRetry={() => void feedback.refetch()} /> : !feedback.data ? <Loading />
        : <Held data={feedback.data} indicators={form.indicators} onDispute={setDisputed} />}
      {unit && <Disputes form={form} period={period} unit={unit} />}
      {disputed && unit && <DisputeDialog form={form.id} period={period} unit={unit} indicator={disputed} held={feedback.data?.values.find((v) => v.indicator === disputed.code)?.value ?? null} onClose={() => setDisputed(null)} />}
      {feedback.data?.above === null && <p className="small">{t('feedback.nobodyAbove')}</p>}
    </>
  );
}

type HeldProps = { data: Feedback; indicators: Indicator[]; onDispute: (indicator: Indicator) => void };

function Held({ data, indicators, onDispute }: HeldProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const { moment } = useMoments();
  const open = new Set(data.disputes.map((d) => d.indicator));
  const values = data.values.flatMap((v) => {
    const indicator = indicators.find((i) => i.code === v.indicator);
    return indicator && indicator.kind !== 'CHOICE' ? [{ ...v, indicator }] : [];
  });
  return (
    <section className="panel" aria-labelledby="feedback-heading">
      <div className="head">
        <h2 id="feedback-heading">{data.above ? t('feedback.heading', { above: names.unit(data.above), unit: names.unit(data.unit.code) }) : t('feedback.headingOwn')}</h2>
        <span className="small">{data.sentAt ? t('feedback.sent', { at: moment(data.sentAt) }) : t('feedback.notSent')}</span>
      </div>
      <p className="small">{t('feedback.counts', { received: data.received, expected: data.expected, accepted: data.accepted })}</p>
      {data.stale && <p><Mark tone="warn" text={t('table.stale')} /></p>}
      {values.length === 0 ? <p className="empty">{t('feedback.nothing')}</p> : (
        <Scroll label={t('feedback.label')}>
          <table className="grid held">
            <thead>
              <tr>
                <th scope="col">{t('reporting.indicator')}</th>
                <th scope="col" className="number">{t('feedback.value')}</th>
                <th scope="col" className="number">{t('feedback.accepted')}</th>
                <th scope="col" className="number">{t('compare.rank')}</th>
                <th scope="col"><span className="unseen">{t('feedback.dispute')}</span></th>
              </tr>
            </thead>
            <tbody>
              {values.map(({ indicator: i, value, accepted, rank, of }) => (
                <tr key={i.code}>
                  <th scope="row">{names.title(i.title)}{i.unit && <span className="small"> {i.unit}</span>}</th>
                  <td className="number">{figure(i, value)}</td>
                  <td className="number">{figure(i, accepted)}</td>
                  <td className="number">{rank === null ? '–' : t('feedback.rank', { rank, of })}</td>
                  <td className="number">
                    {open.has(i.code) ? <Mark tone="busy" text={t('feedback.underDispute')} />
                      : data.above && value !== null && <button type="button" className="plain" aria-label={t('feedback.disputeOf', { indicator: names.title(i.title) })} onClick={() => onDispute(i)}>{t('feedback.dispute')}</button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
