import { useTranslation } from 'react-i18next';
import type { ReportRow, ReportTable } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { cityOf } from '../compare/tiles';
import { useFigures } from '../figures';
import { linesOf } from './FormTable';

/** So many columns beside the total find room on an A4 page. */
const COLUMNS = 7;

/** The same table for paper, where nothing scrolls: cut into pages of columns, with the total on each. */
export function PrintTables({ data }: { data: ReportTable }) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure } = useFigures();
  const { form, total, rows } = data;
  const pages: ReportRow[][] = [];
  for (let i = 0; i < rows.length; i += COLUMNS) pages.push(rows.slice(i, i + COLUMNS));
  return (
    <div className="print-only" aria-hidden="true">
      {pages.map((page, n) => (
        <table key={n} className="grid form-table paper">
          <thead>
            <tr>
              <th>{t('reporting.indicator')}</th>
              {[total, ...page].map((c) => <th key={c.unit.code} className="number">{names.title(cityOf(c.unit.code) ?? { zh: c.unit.name, en: c.unit.nameEn })}{c.stale && '*'}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr><th>{t('reports.completeness')}</th>{[total, ...page].map((c) => <td key={c.unit.code} className="number">{c.received}/{c.expected}</td>)}</tr>
            {form.sections.flatMap((s) => linesOf(data, s.indicators)).map((i) => (
              <tr key={i.code}>
                <th>{names.title(i.title)}{i.unit && <span className="small"> {i.unit}</span>}</th>
                {[total, ...page].map((c) => <td key={c.unit.code} className="number">{figure(i, c.values[i.code])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
