import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import type { OverviewSearch } from '../router';
import { summary } from './series';
import './charts.css';

const Lines = lazy(() => import('./Lines').then((m) => ({ default: m.Lines })));
/** In minutes. */
const SPANS = { hour: 60, quarter: 360, day: 1440 } as const satisfies Record<Span, number>;
type Span = NonNullable<OverviewSearch['span']>;

/** Throughput and latency over time; the same in words for those who don't see lines. */
export function TrafficPanel({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useTranslation();
  const { number, span: length } = useSpans();
  const history = useQuery(ask.metrics(SPANS[span]));
  const sums = history.data && summary(history.data.points);

  return (
    <section className="panel traffic" aria-labelledby="traffic-heading">
      <div className="head">
        <h2 id="traffic-heading">{t('charts.heading')}</h2>
        <Segmented size="small" value={span} onChange={onSpan} aria-label={t('charts.span')}
          options={(Object.keys(SPANS) as Span[]).map((s) => ({ value: s, label: t(`chartSpan.${s}`) }))} />
      </div>
      {history.isError && <Wrong error={history.error} onRetry={() => void history.refetch()} />}
      {!history.data && !history.isError && <Loading />}
      {history.data?.points.length === 0 && <p className="empty">{t('charts.soon')}</p>}
      {sums && history.data && history.data.points.length > 0 && (
        <>
          <dl className="facts">
            <div><dt>{t('charts.received')}</dt><dd>{number(sums.received)}</dd></div>
            <div><dt>{t('charts.delivered')}</dt><dd>{number(sums.delivered)}</dd></div>
            <div><dt>{t('charts.stopped')}</dt><dd className={sums.stopped > 0 ? 'bad' : undefined}>{number(sums.stopped)}</dd></div>
            <div><dt>{t('charts.latency')}</dt><dd>{sums.p50 === null ? '–' : `${length(sums.p50)} / ${length(sums.p95 ?? sums.p50)}`}</dd></div>
          </dl>
          <Suspense fallback={<div className="lines-room" />}><Lines history={history.data} /></Suspense>
        </>
      )}
    </section>
  );
}
