import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { askReporting } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Loading } from '../../parts/Loading';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { summable } from '../IndicatorChoice';
import type { ViewProps } from '../Report';
import { useTree } from '../tree';
import '../table/table.css';

const here = getRouteApi('/reports/$form/$period');

/** Totals by what the answering units are: their department, or a word that they chose in the form. */
export function GroupsView({ form, period, unit }: ViewProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const tree = useTree();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const tags = useMemo(() => [...new Set((tree?.units ?? []).flatMap((u) => u.tags).filter((x) => x.includes(':')).map((x) => x.slice(0, x.indexOf(':'))))], [tree]);
  const choices = form.indicators.filter((i) => i.kind === 'CHOICE');
  const ways = [...choices.map((i) => ({ value: i.code, label: names.title(i.title) })), ...tags.map((value) => ({ value, label: KNOWN.includes(value as Known) ? t(`groupBy.${value as Known}`) : value }))];
  const by = ways.find((w) => w.value === search.by)?.value ?? ways[0]?.value;
  const groups = useQuery({ ...askReporting.groups(form.id, period, unit, by ?? ''), enabled: by !== undefined, placeholderData: keepPreviousData });
  return (
    <section className="panel" aria-labelledby="groups-heading" aria-busy={groups.isPlaceholderData}>
      <div className="head">
        <h2 id="groups-heading">{t('groups.heading')}</h2>
        {ways.length > 0 && (
          <div className="acts">
            <label className="choice"><span>{t('groups.by')}</span>
              <select value={by} onChange={(e) => void navigate({ search: (s) => ({ ...s, by: e.target.value }), replace: true, resetScroll: false })}>
                {ways.map((w) => <option key={w.value} value={w.value}>{w.label}</option>)}
              </select>
            </label>
          </div>
        )}
      </div>
      {ways.length === 0 && tree ? <p className="empty">{t('groups.none')}</p>
        : groups.isError ? <Wrong error={groups.error} onRetry={() => void groups.refetch()} />
          : !groups.data ? <Loading /> : (
            <Scroll label={t('groups.heading')}>
              <table className="grid form-table">
                <thead>
                  <tr>
                    <th scope="col">{t('reporting.indicator')}</th>
                    <th scope="col" className="number total">{t('reports.total')}</th>
                    {groups.data.rows.map((r) => <th key={r.group ?? ''} scope="col" className="number">{r.group === null ? t('groups.rest') : names.title(r.title)}</th>)}
                  </tr>
                </thead>
                <tbody className="counts">
                  <tr><th scope="row">{t('groups.units')}</th>{[groups.data.total, ...groups.data.rows].map((r, i) => <td key={i} className="number">{r.units}</td>)}</tr>
                  <tr><th scope="row">{t('reports.completeness')}</th>{[groups.data.total, ...groups.data.rows].map((r, i) => <td key={i} className="number">{r.received}/{r.expected}</td>)}</tr>
                </tbody>
                <tbody>
                  {summable(groups.data.form).map((i) => (
                    <tr key={i.code}>
                      <th scope="row">{names.title(i.title)}{i.unit && <span className="small"> {i.unit}</span>}</th>
                      {[groups.data.total, ...groups.data.rows].map((r, n) => <td key={n} className={n === 0 ? 'number total' : 'number'}>{figure(i, r.values[i.code])}</td>)}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
    </section>
  );
}

const KNOWN = ['department', 'category'] as const;
type Known = (typeof KNOWN)[number];
