import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { askReporting, file, reporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useClock } from '../../parts/clock';
import { Loading } from '../../parts/Loading';
import { Wrong } from '../../parts/Wrong';
import { useMoments } from '../moments';
import type { ViewProps } from '../Report';
import { Drill } from './Drill';
import { Exemptions } from './Exemptions';
import { FormTable } from './FormTable';
import { PrintTables } from './PrintTables';
import { RecountResult } from './RecountResult';
import { Signed } from './Signed';
import { StaleBox } from './StaleBox';
import './table.css';

const here = getRouteApi('/reports/$form/$period');
/** A county may have hundreds of institutions; so many of them stand beside each other. */
const COLUMNS = 40;
const KINDS = ['xlsx', 'csv', 'pdf', 'json'] as const;

/** The form as a table: a unit's totals beside those right below it, each of which opens into what it is made of. */
export function TableView({ form: { id }, period, unit }: ViewProps) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const { now } = useClock();
  const { moment } = useMoments();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const table = useQuery({ ...askReporting.table(id, period, unit), placeholderData: keepPreviousData });
  const recount = useMutation({
    mutationFn: () => reporting.recount(id, period),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reporting'] }),
  });
  if (table.isError) return <Wrong error={table.error} onRetry={() => void table.refetch()} />;
  if (!table.data) return <Loading />;
  const { data } = table;
  const { total, rows, form, restated } = data;
  const standing = total.standing;
  const pages = Math.ceil(rows.length / COLUMNS);
  const page = Math.min(search.page ?? 1, Math.max(1, pages));
  const change = (next: Partial<typeof search>) => void navigate({ search: (s) => ({ ...s, ...next }), replace: true, resetScroll: false });

  return (
    <div className={table.isPlaceholderData ? 'stack faded' : 'stack'} aria-busy={table.isPlaceholderData}>
      <p className="print-only">
        {t('table.printHead', { unit: names.zh ? total.unit.name : total.unit.nameEn, period, at: moment(now().toISOString()), received: total.received, expected: total.expected })}
      </p>
      {total.stale && <StaleBox form={id} period={period} unit={total.unit.code} />}
      <section className="panel report-table" aria-labelledby="table-heading">
        <div className="head">
          <h2 id="table-heading">{rows.length > 0 ? t('table.heading', { count: rows.length }) : t('table.headingOne')}</h2>
          <span className="small due">{data.due.at ? t('answer.due', { at: moment(data.due.at) }) : data.due.unknown?.message ?? t('answer.noDeadline')}</span>
          <div className="acts">
            {restated && <Button size="small" aria-pressed={search.restated === '1'} onClick={() => change({ restated: search.restated ? undefined : '1' })}>{search.restated ? t('table.asReported') : t('table.restated')}</Button>}
            <details className="export-menu">
              <summary>{t('table.export')}</summary>
              <ul>{KINDS.map((as) => <li key={as}><a href={file.report(id, period, unit, as, i18n.language)} download>{t(`exportAs.${as}`)}</a></li>)}</ul>
            </details>
            <Button size="small" onClick={() => window.print()}>{t('table.print')}</Button>
            <Button size="small" loading={recount.isPending} onClick={() => recount.mutate()}>{t('table.recount')}</Button>
          </div>
        </div>
        {recount.isError && <Wrong error={recount.error} />}
        {recount.data && <RecountResult recount={recount.data} form={form} />}
        {restated && <p className="box warn">{t('table.otherTree')}</p>}
        {total.expected === 0 && rows.length === 0 && !standing ? <p className="empty">{t('reports.notAsked')}</p>
          : (
            <>
              {pages > 1 && (
                <div className="pager">
                  <Button size="small" disabled={page <= 1} onClick={() => change({ page: page - 1 })}>‹</Button>
                  <span>{t('table.columns', { from: (page - 1) * COLUMNS + 1, to: Math.min(page * COLUMNS, rows.length), of: rows.length })}</span>
                  <Button size="small" disabled={page >= pages} onClick={() => change({ page: page + 1 })}>›</Button>
                </div>
              )}
              <FormTable data={{ ...data, rows: rows.slice((page - 1) * COLUMNS, page * COLUMNS) }} restated={search.restated === '1' ? restated : null} />
            </>
          )}
      </section>
      {rows.length > 7 && <PrintTables data={data} />}
      {standing && standing.version > 0 && <Signed form={form} period={period} unit={standing.unit} />}
      {standing && standing.version === 0 && (
        <section className="panel"><p className="empty">{t('reports.noneYet')} <Link to="/reports/$form/$period/answer/$unit" params={{ form: id, period, unit: standing.unit }}>{t('reporting.toAnswer')}</Link></p></section>
      )}
      {form.respondents.length > 0 && <Exemptions form={id} period={period} unit={total.unit.code} />}
      {search.cell && <Drill form={form} period={period} top={total.unit.code} cell={search.cell} at={search.at ?? total.unit.code} />}
    </div>
  );
}
