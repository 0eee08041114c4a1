import { useTranslation } from 'react-i18next';
import type { FormOverview } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Scroll } from '../../parts/Scroll';
import { StandMark } from '../stands';
import { useCellLinks } from '../gridKeys';
import { shownRows, type HeatSearch } from './rows';

/** The last period of the map as a plain table: for screen readers, and for whoever wants the counts. */
export function HeatWords({ data, search }: { data: FormOverview; search: HeatSearch }) {
  const { t } = useTranslation();
  const names = useNames();
  const links = useCellLinks();
  const last = data.periods.length - 1;
  const period = data.periods[last]?.period ?? '';
  return (
    <Scroll label={t('heat.words', { period })}>
      <table className="grid" {...links}>
        <caption>{t('heat.words', { period })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('records.unit')}</th>
            <th scope="col">{t('reporting.state')}</th>
            {(['expected', 'received', 'accepted', 'returned', 'missing', 'late'] as const).map((c) => <th key={c} scope="col" className="number">{t(`heatCount.${c}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {shownRows(data, search).map((r) => {
            const cell = r.cells[last];
            return (
              <tr key={r.unit.code}>
                <th scope="row"><a className="to" href={`/reports/${data.form}/${period}?unit=${r.unit.code}`}>{names.zh ? r.unit.name : r.unit.nameEn}</a></th>
                <td>{cell ? <StandMark standing={{ state: cell.state, late: false }} /> : t('heat.nobody')}</td>
                {(['expected', 'received', 'accepted', 'returned', 'missing', 'late'] as const).map((c) => <td key={c} className="number">{cell ? cell[c] : '–'}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
