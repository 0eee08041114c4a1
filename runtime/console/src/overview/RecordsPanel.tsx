import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../api/client';
import { useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useWide } from '../parts/wide';
import { useCauseText } from '../trouble/causes';

/** The newest flows as they come in: a table where there is room, a list where there is none. */
export function RecordsPanel({ records }: { records: Flow[] }) {
  const { t } = useTranslation();
  const say = useCauseText();
  const wide = useWide(720);
  const { time } = useClock();
  const names = useNames();

  const mark = (r: Flow) => <Mark tone={toneOfFlow(r.status)} text={t(`flowStatus.${r.status}`)} />;
  const record = (r: Flow) => (
    <>
      <Link to="/records/$id" params={{ id: r.id }} className="title">{r.contract ? names.contract(r.contract) : t('records.noContract')}</Link>
      {r.key && <div className="small key">{r.key}</div>}
      {r.arrivals > 1 && <div className="small">{t('records.arrivals', { count: r.arrivals })}</div>}
      {r.cause && <div className="cause" title={r.cause}>{say(r)}</div>}
    </>
  );

  return (
    <section className="panel records" aria-labelledby="records-heading">
      <div className="head">
        <h2 id="records-heading">{t('records.heading')}</h2>
        <Link to="/records" className="small">{t('records.all')}</Link>
      </div>
      {records.length === 0 ? (
        <div className="empty">
          <p>{t('records.empty')}</p>
          <p className="small">{t('records.emptyHint')}</p>
        </div>
      ) : wide ? (
        <table aria-labelledby="records-heading">
          <thead>
            <tr>
              <th scope="col" className="time">{t('records.time')}</th>
              <th scope="col" className="status">{t('records.status')}</th>
              <th scope="col">{t('records.record')}</th>
              <th scope="col" className="unit">{t('records.unit')}</th>
              <th scope="col" className="source">{t('records.source')}</th>
            </tr>
          </thead>
          <tbody>
            {records.map((r) => (
              <tr key={r.id}>
                <td><time dateTime={r.firstAt}>{time(r.firstAt)}</time></td>
                <td>{mark(r)}</td>
                <td>{record(r)}</td>
                <td>{r.unit && names.unit(r.unit)}</td>
                <td>
                  <div>{[r.sourceType, r.sourceId].filter(Boolean).join(' · ')}</div>
                  <div className="small">{r.source}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <ul className="cards">
          {records.map((r) => (
            <li key={r.id}>
              <div className="line1"><time dateTime={r.firstAt}>{time(r.firstAt)}</time>{mark(r)}</div>
              {record(r)}
              {r.unit && <div>{names.unit(r.unit)}</div>}
              <div className="small">{[r.sourceType, r.sourceId].filter(Boolean).join(' · ')}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
