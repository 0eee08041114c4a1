import { useTranslation } from 'react-i18next';
import type { Contract, Flow, Hub, Unit } from '../api/client';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useTimes } from '../parts/times';
import { useWide } from '../parts/wide';

type Props = { records: Flow[]; units: Unit[]; contracts: Contract[]; hub: Hub | undefined };

/** The newest flows as they come in: a table where there is room, a list where there is none. */
export function RecordsPanel({ records, units, contracts, hub }: Props) {
  const { t, i18n } = useTranslation();
  const wide = useWide(720);
  const time = useTimes(hub?.zone, hub?.now);
  const zh = i18n.language === 'zh';

  const unitOf = (code: string | null) => {
    const unit = units.find((u) => u.code === code);
    return unit ? (zh ? unit.name : unit.nameEn) : code;
  };
  const contractOf = (id: string | null) => {
    const title = contracts.find((c) => c.id === id)?.title;
    return id === null ? t('records.noContract') : title ? (zh ? title.zh : title.en) : id;
  };
  const mark = (r: Flow) => <Mark tone={toneOfFlow(r.status)} text={t(`flowStatus.${r.status}`)} />;
  const record = (r: Flow) => (
    <>
      <div className="title">{contractOf(r.contract)}</div>
      {r.key && <div className="small key">{r.key}</div>}
      {r.arrivals > 1 && <div className="small">{t('records.arrivals', { count: r.arrivals })}</div>}
      {r.cause && <div className="cause">{r.cause}</div>}
    </>
  );
  const source = (r: Flow) => (
    <>
      <div>{[r.sourceType, r.sourceId].filter(Boolean).join(' · ')}</div>
      <div className="small">{r.source}</div>
    </>
  );

  const empty = (
    <div className="empty">
      <p>{t('records.empty')}</p>
      <p className="small">{t('records.emptyHint')}</p>
    </div>
  );

  return (
    <section className="panel records" aria-labelledby="records-heading">
      <div className="head"><h2 id="records-heading">{t('records.heading')}</h2></div>
      {records.length === 0 ? empty : wide ? (
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
                <td>{unitOf(r.unit)}</td>
                <td>{source(r)}</td>
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
              {r.unit && <div>{unitOf(r.unit)}</div>}
              <div className="small">{[r.sourceType, r.sourceId].filter(Boolean).join(' · ')}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
