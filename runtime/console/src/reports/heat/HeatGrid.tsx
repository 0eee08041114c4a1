import { useTranslation } from 'react-i18next';
import type { FormOverview } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { useCellLinks } from '../gridKeys';
import { depths, foldable, isClosed, shownRows, toggled, type HeatSearch } from './rows';
import { useCellWords } from './words';

type Props = { data: FormOverview; search: HeatSearch; onToggle: (closed: string | undefined) => void };

/** The map: a line for each bureau, a column for each period. A letter says what the colour does. */
export function HeatGrid({ data, search, onToggle }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const words = useCellWords();
  const links = useCellLinks();
  const rows = shownRows(data, search);
  const depth = depths(data.rows);
  const folds = foldable(data.rows);
  const order = new Map(folds.map((code) => [code, true]));
  let first = true;

  return (
    <div className="heat-room" role="group" tabIndex={0} aria-label={t('heat.label')}>
      <table className="heat" {...links}>
        <caption className="unseen">{t('heat.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" className="unit">{t('records.unit')}</th>
            {data.periods.map((p) => <th key={p.period} scope="col" className={p.opened ? '' : 'shut'}><span>{p.period}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => {
            const { code } = r.unit;
            const name = names.zh ? r.unit.name : r.unit.nameEn;
            const closed = isClosed(code, search.closed);
            return (
              <tr key={code} className={`depth-${Math.min(3, depth.get(code) ?? 0)}`}>
                <th scope="row" className="unit">
                  {order.has(code) && !search.only ? (
                    <button type="button" className="fold" aria-expanded={!closed} onClick={() => onToggle(toggled(code, search.closed, folds))}>
                      <svg viewBox="0 0 16 16" width="12" height="12" className="line" aria-hidden="true"><path d={closed ? 'M6 3l5 5-5 5' : 'M3 6l5 5 5-5'} /></svg>{name}
                    </button>
                  ) : <span>{name}</span>}
                </th>
                {r.cells.map((cell, i) => {
                  const { period, opened } = data.periods[i]!;
                  if (!cell) return <td key={period} className="none" title={`${name} · ${period}: ${words(null)}`}><span className="unseen">{words(null)}</span></td>;
                  const said = `${name} · ${period}: ${opened ? words(cell) : t('heat.shut')}`;
                  const stop = first;
                  first = false;
                  return (
                    <td key={period}>
                      <a className={['to tile', cell.state, cell.late > 0 && cell.state !== 'MISSING' && 'late', !opened && 'shut'].filter(Boolean).join(' ')} tabIndex={stop ? 0 : -1}
                        href={`/reports/${data.form}/${period}?unit=${code}`} title={said} aria-label={said}>
                        {opened ? t(`standingLetter.${cell.state}`) : '·'}
                      </a>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
