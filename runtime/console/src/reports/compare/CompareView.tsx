import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { askReporting, type Comparison } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { IndicatorChoice, summable } from '../IndicatorChoice';
import type { ViewProps } from '../Report';
import { Stale } from '../table/FormTable';
import './compare.css';
import '../table/table.css';

const here = getRouteApi('/reports/$form/$period');

/** The units right below one, by one indicator, with how each has changed. */
export function CompareView({ form, period, unit }: ViewProps) {
  const { t } = useTranslation();
  const names = useNames();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const indicator = summable(form).find((i) => i.code === search.indicator)?.code ?? summable(form)[0]?.code ?? '';
  const comparison = useQuery({ ...askReporting.comparison(form.id, period, unit, indicator), placeholderData: keepPreviousData });
  const choose = (code: string) => void navigate({ search: (s) => ({ ...s, indicator: code }), replace: true, resetScroll: false });
  return (
    <section className="panel compare" aria-labelledby="compare-heading" aria-busy={comparison.isPlaceholderData}>
      <div className="head">
        <h2 id="compare-heading">{t('compare.heading')}</h2>
        <div className="acts"><IndicatorChoice form={form} value={indicator} onChange={choose} /></div>
      </div>
      {comparison.isError ? <Wrong error={comparison.error} onRetry={() => void comparison.refetch()} />
        : !comparison.data ? <Loading />
          : comparison.data.rows.length === 0 ? <p className="empty">{t('compare.nothing', { unit: names.zh ? comparison.data.unit.name : comparison.data.unit.nameEn })}</p>
            : <Rows data={comparison.data} form={form.id} period={period} />}
    </section>
  );
}

function Rows({ data, form, period }: { data: Comparison; form: string; period: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure, percent } = useFigures();
  const search = here.useSearch();
  const { indicator, total } = data;
  const most = Math.max(...data.rows.map((r) => Math.abs(r.value ?? 0)), 0);
  const name = (u: { name: string; nameEn: string }) => (names.zh ? u.name : u.nameEn);
  const change = (n: number | null) => (n === null ? '–' : percent(n));
  return (
    <Scroll label={t('compare.heading')}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col" className="number">{t('compare.rank')}</th>
            <th scope="col">{t('records.unit')}</th>
            <th scope="col" className="number">{data.period}{indicator.unit && <span className="small"> {indicator.unit}</span>}</th>
            <th scope="col"><span className="unseen">{t('compare.bar')}</span></th>
            <th scope="col" className="number">{t('reporting.share')}</th>
            <th scope="col" className="number">{data.previous}</th>
            <th scope="col" className="number">{t('compare.againstPrevious')}</th>
            <th scope="col" className="number">{data.lastYear}</th>
            <th scope="col" className="number">{t('compare.againstLastYear')}</th>
          </tr>
        </thead>
        <tbody>
          {[total, ...data.rows].map((r) => (
            <tr key={r.unit.code} className={r === total ? 'sum' : ''}>
              <td className="number">{r.rank ?? ''}</td>
              <th scope="row">{r === total ? name(r.unit) : <Link to="/reports/$form/$period" params={{ form, period }} search={{ ...search, unit: r.unit.code }}>{name(r.unit)}</Link>}</th>
              <td className="number">{figure(indicator, r.value)}{r.stale && <Stale />}</td>
              <td className="bar-room">{r !== total && r.value !== null && most > 0 && <span className={r.value < 0 ? 'bar-of below' : 'bar-of'} style={{ width: `${(Math.abs(r.value) / most) * 100}%` }} aria-hidden="true" />}</td>
              <td className="number">{r.share === null || r === total ? '' : percent(r.share, false)}</td>
              <td className="number soft">{figure(indicator, r.previous)}</td>
              <td className="number">{change(r.changeOfPrevious)}</td>
              <td className="number soft">{figure(indicator, r.lastYear)}</td>
              <td className="number">{change(r.change)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
