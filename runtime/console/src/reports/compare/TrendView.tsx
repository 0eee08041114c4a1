import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { askReporting, type FormTrend } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Choice } from '../../parts/Choice';
import { Loading } from '../../parts/Loading';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { summable } from '../IndicatorChoice';
import { kindsOf } from '../kinds';
import { readPeriod, type PeriodKind } from '../periods';
import type { ViewProps } from '../Report';
import { TrendChart } from './TrendChart';
import './compare.css';
import '../table/table.css';

const here = getRouteApi('/reports/$form/$period');
/** More lines can't be told apart. */
const MOST = 4;

/** A unit's figures period by period: lines, and the table that they are drawn from. */
export function TrendView({ form, period, unit }: ViewProps) {
  const { t } = useTranslation();
  const names = useNames();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const all = summable(form);
  const asked = search.indicators?.split(',').filter((code) => all.some((i) => i.code === code)) ?? [];
  const chosen = asked.length > 0 ? asked : [all.find((i) => i.code === search.indicator) ?? all[0]].flatMap((i) => (i ? [i.code] : []));
  const kinds = kindsOf(form);
  const kind: PeriodKind = kinds.find((k) => k === search.by) ?? readPeriod(period)?.kind ?? form.period;
  const own = readPeriod(period)?.kind === kind;
  const trend = useQuery({
    ...askReporting.trend(form.id, { unit, indicator: chosen, ...(kind === form.period ? {} : { by: kind }), ...(own ? { to: period } : {}) }), placeholderData: keepPreviousData,
  });
  const set = (next: Partial<typeof search>) => void navigate({ search: (s) => ({ ...s, ...next }), replace: true, resetScroll: false });
  const toggle = (code: string) => {
    const next = chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code].slice(-MOST);
    set({ indicators: next.length > 0 ? next.join(',') : undefined });
  };
  return (
    <section className="panel" aria-labelledby="trend-heading" aria-busy={trend.isPlaceholderData}>
      <div className="head">
        <h2 id="trend-heading">{t('trend.heading')}</h2>
        <div className="acts">
          {kinds.length > 1 && <Choice label={t('reports.kind')} value={kind} onChange={(k) => set({ by: k })} options={kinds.map((value) => ({ value, label: t(`periodKind.${value}`) }))} />}
        </div>
      </div>
      <details className="pick-indicators">
        <summary>{t('trend.choose', { count: chosen.length, most: MOST })}</summary>
        <ul className="checks">
          {all.map((i) => <li key={i.code}><label className="choice"><input type="checkbox" checked={chosen.includes(i.code)} onChange={() => toggle(i.code)} /> {names.title(i.title)}</label></li>)}
        </ul>
      </details>
      {trend.isError ? <Wrong error={trend.error} onRetry={() => void trend.refetch()} />
        : !trend.data ? <Loading /> : (
          <>
            <TrendChart trend={sinceFirst(trend.data)} />
            <TrendTable trend={sinceFirst(trend.data)} />
          </>
        )}
    </section>
  );
}

/** Without the periods at the beginning for which there is nothing. */
function sinceFirst(trend: FormTrend): FormTrend {
  const first = trend.periods.findIndex((_, i) => (trend.received[i] ?? 0) > 0);
  if (first <= 0) return trend;
  const from = <T,>(all: T[]) => all.slice(first);
  return {
    ...trend, periods: from(trend.periods), received: from(trend.received), expected: from(trend.expected), series: trend.series.map((s) => ({ ...s, values: from(s.values) })),
  };
}

function TrendTable({ trend }: { trend: FormTrend }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure, change, percent } = useFigures();
  return (
    <Scroll label={t('trend.table')}>
      <table className="grid">
        <caption className="unseen">{t('trend.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.period')}</th>
            {trend.series.map((s) => <th key={s.indicator.code} scope="col" className="number">{names.title(s.indicator.title)}{s.indicator.unit && <span className="small"> {s.indicator.unit}</span>}</th>)}
            <th scope="col" className="number">{t('reports.completeness')}</th>
          </tr>
        </thead>
        <tbody>
          {trend.periods.map((p, i) => (
            <tr key={p}>
              <th scope="row">{p}</th>
              {trend.series.map((s) => {
                const moved = change(s.values[i] ?? undefined, s.values[i - 1] ?? undefined);
                return <td key={s.indicator.code} className="number">{figure(s.indicator, s.values[i])}{moved !== null && <span className="small"> {percent(moved)}</span>}</td>;
              })}
              <td className="number">{trend.received[i]}/{trend.expected[i]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
