import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator, Unit } from '../../api/client';
import type { ReportRow, ReportTable, Values } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Scroll } from '../../parts/Scroll';
import { cityOf } from '../compare/tiles';
import { useFigures } from '../figures';
import { useCellLinks } from '../gridKeys';
import { STATES } from '../states';

type Props = { data: ReportTable; restated: Record<string, Values> | null };

/** The indicators of a section that have totals; a word has none, but of one unit alone. */
export function linesOf(data: ReportTable, codes: readonly string[]): Indicator[] {
  return codes.flatMap((code) => data.form.indicators.filter((i) => i.code === code)).filter((i) => i.kind !== 'CHOICE' || data.total.values[i.code] !== undefined);
}

/** The states that somebody of the table is in, in the order in which they matter. */
export function statesOf({ total }: ReportTable) {
  return STATES.filter((s) => (total.stands[s] ?? 0) > 0);
}

/** Indicators as lines, the unit and those right below it as columns. */
export function FormTable({ data, restated }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const links = useCellLinks();
  const name = (unit: Unit) => (names.zh ? unit.name : unit.nameEn);
  // a column is as wide as its numbers, and no wider for an autonomous prefecture's name
  const short = (unit: Unit) => names.title(cityOf(unit.code) ?? { zh: unit.name, en: unit.nameEn });
  const { form, period, total, rows } = data;
  const columns: ReportRow[] = [total, ...rows];
  const span = columns.length + (restated ? columns.length : 0) + 1;
  let first = true;

  const cell = (row: ReportRow, i: Indicator) => {
    const value = row.values[i.code];
    const text = figure(i, value);
    if (value === undefined || i.kind === 'CHOICE') return <td key={row.unit.code} className="number">{text}</td>;
    const stop = first;
    first = false;
    const query = new URLSearchParams({ unit: total.unit.code, cell: i.code, ...(row === total ? {} : { at: row.unit.code }) });
    return (
      <td key={row.unit.code} className={row === total ? 'number total' : 'number'}>
        <a className="to" tabIndex={stop ? 0 : -1} href={`/reports/${form.id}/${period}?${query.toString()}`}>{text}{row.stale && <Stale />}</a>
      </td>
    );
  };
  const again = (row: ReportRow, i: Indicator) => {
    const value = restated?.[row.unit.code]?.[i.code];
    const other = value !== row.values[i.code];
    return <td key={`again ${row.unit.code}`} className={other ? 'number again other' : 'number again'}>{figure(i, value)}</td>;
  };

  return (
    <Scroll label={t('table.label')}>
      <table className={['grid form-table', rows.length > 7 && 'many', rows.length < 3 && 'few'].filter(Boolean).join(' ')} {...links}>
        <caption className="unseen">{t('table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reporting.indicator')}</th>
            {columns.map((c) => (
              <Fragment key={c.unit.code}>
                <th scope="col" className={c === total ? 'number total' : 'number'}>
                  {c === total ? name(c.unit)
                    : <Link to="/reports/$form/$period" params={{ form: form.id, period }} search={{ unit: c.unit.code }} title={name(c.unit)}>{short(c.unit)}</Link>}
                  {c.stale && <Stale />}
                </th>
                {restated && <th scope="col" className="number again">{t('table.today')}</th>}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody className="counts">
          <Count title={t('reports.completeness')} columns={columns} of={(c) => `${c.received}/${c.expected}`} restated={restated !== null} />
          {statesOf(data).map((s) => <Count key={s} title={t(`standing.${s}`)} columns={columns} of={(c) => c.stands[s] ?? 0} restated={restated !== null} />)}
          {total.late > 0 && <Count title={t('table.late')} columns={columns} of={(c) => c.late} restated={restated !== null} />}
        </tbody>
        {form.sections.map((s) => {
          const lines = linesOf(data, s.indicators);
          return lines.length > 0 && (
            <tbody key={s.id}>
              {form.sections.length > 1 && <tr className="section"><th scope="colgroup" colSpan={span}>{names.title(s.title)}</th></tr>}
              {lines.map((i) => (
                <tr key={i.code}>
                  <th scope="row">{names.title(i.title)}{i.unit && <span className="small"> {i.unit}</span>}</th>
                  {columns.map((c) => (restated ? <Fragment key={c.unit.code}>{cell(c, i)}{again(c, i)}</Fragment> : cell(c, i)))}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

type CountProps = { title: string; columns: readonly ReportRow[]; of: (row: ReportRow) => string | number; restated: boolean };

function Count({ title, columns, of, restated }: CountProps) {
  return (
    <tr>
      <th scope="row">{title}</th>
      {columns.map((c) => <Fragment key={c.unit.code}><td className="number">{of(c)}</td>{restated && <td />}</Fragment>)}
    </tr>
  );
}

/** That a total will change, for an answer below was returned. */
export function Stale() {
  const { t } = useTranslation();
  return <abbr className="stale" title={t('table.stale')}>*</abbr>;
}
