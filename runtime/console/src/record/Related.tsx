import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Flow, FlowDetail } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfFlow } from '../parts/Mark';
import { parentsOf } from './hops';

/** What this record was made from, what was made from it, and other contents of the same key. */
export function Related({ detail: { flow, hops, stored, related } }: { detail: FlowDetail }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const parents = parentsOf(flow.id, hops);
  const made = useQuery(ask.children(flow.id)).data;
  const children = made && { ...made, records: made.records.filter((child) => child.id !== flow.id) };
  const versions = [...related, ...(stored ? [stored] : [])].sort((a, b) => a.version - b.version);
  if (!flow.key && parents.length === 0 && !children?.records.length) return null;

  return (
    <section className="panel" aria-labelledby="related-heading">
      <div className="head"><h2 id="related-heading">{t('record.related')}</h2></div>
      {parents.length > 0 && (
        <>
          <h3>{t('record.parents')}</h3>
          <ul className="lines">{parents.map((id) => <li key={id}><Parent id={id} than={flow.id} /></li>)}</ul>
        </>
      )}
      {children && children.records.length > 0 && (
        <>
          <h3>{t('record.children')}</h3>
          <ul className="lines">
            {children.records.map((child) => <Made key={child.id} flow={child} />)}
          </ul>
          {children.next && <p className="small">{t('record.moreChildren', { count: children.records.length })}</p>}
        </>
      )}
      {versions.length > 0 && (
        <>
          <h3>{t('record.versions')}</h3>
          <ul className="lines">
            {versions.map((v) => (
              <li key={v.id}>
                {v.id === flow.id ? <b>{t('payload.version', { version: v.version })}</b>
                  : <Link to="/records/$id" params={{ id: v.id }}>{t('payload.version', { version: v.version })}</Link>}
                <span className="small">{[time(v.arrivedAt), v.day, v.latest ? t('record.latest') : null, v.id === flow.id ? t('record.this') : null]
                  .filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {flow.key && (
        <p><Link to="/records" search={{ key: flow.key, ...(flow.contract ? { contract: flow.contract } : {}) }}>{t('record.allOfKey')}</Link></p>
      )}
    </section>
  );
}

function Made({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const names = useNames();
  return (
    <li>
      <Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} />
      <div className="grow">
        <Link to="/records/$id" params={{ id: flow.id }} className="title">{flow.contract ? names.contract(flow.contract) : t('records.noContract')}</Link>
        <div className="small">{[time(flow.firstAt), flow.key].filter(Boolean).join(' · ')}</div>
      </div>
    </li>
  );
}

/** A parent by what it is, once that is known, and what else was made from it than this record. */
function Parent({ id, than }: { id: string; than: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const made = useQuery(ask.children(id)).data;
  const others = made?.records.filter((other) => other.id !== than) ?? [];
  const flow = useQuery({ ...ask.record(id), retry: false }).data?.flow;
  return (
    <>
      {flow && <Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} />}
      <Link to="/records/$id" params={{ id }} className={flow ? 'title' : undefined}>
        {flow ? (flow.contract ? names.contract(flow.contract) : t('records.noContract')) : <code>{id}</code>}
      </Link>
      {flow?.key && <span className="key">{flow.key}</span>}
      {others.length > 0 && (
        <details className="whole">
          <summary className="small">{t('record.others', { count: others.length, number: made?.next ? `${others.length}+` : String(others.length) })}</summary>
          <ul className="lines">{others.map((other) => <Made key={other.id} flow={other} />)}</ul>
        </details>
      )}
    </>
  );
}
