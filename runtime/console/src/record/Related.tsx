import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlowDetail } from '../api/client';
import { useClock } from '../parts/clock';
import { parentsOf } from './hops';

/** Other contents of the same key, and the flows that this record came from. */
export function Related({ detail: { flow, hops, stored, related } }: { detail: FlowDetail }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const parents = parentsOf(hops);
  const versions = [...related, ...(stored ? [stored] : [])].sort((a, b) => a.version - b.version);
  if (!flow.key && parents.length === 0) return null;

  return (
    <section className="panel" aria-labelledby="related-heading">
      <div className="head"><h2 id="related-heading">{t('record.related')}</h2></div>
      {parents.length > 0 && (
        <>
          <h3>{t('record.parents')}</h3>
          <ul className="lines">
            {parents.map((id) => <li key={id}><Link to="/records/$id" params={{ id }}><code>{id}</code></Link></li>)}
          </ul>
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
