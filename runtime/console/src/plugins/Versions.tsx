import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import type { Deed } from './PlanDialog';

/** The versions that are kept; any of them can be gone back to. */
export function Versions({ id, onDeed }: { id: string; onDeed: (deed: Deed) => void }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const { size } = useSpans();
  const versions = useQuery(ask.versions(id));
  if (!versions.data) return versions.isError ? <Wrong error={versions.error} onRetry={() => void versions.refetch()} /> : <Loading />;
  return (
    <section className="panel" aria-labelledby="versions-heading">
      <h2 id="versions-heading">{t('pluginTab.versions')}</h2>
      <ul className="lines">
        {versions.data.map((v) => (
          <li key={v.version}>
            <div className="grow">
              <span className="title">{v.version}</span>
              <div className="small">
                {[v.file, size(v.bytes), t('versions.brought', { time: time(v.since) }),
                  v.lastRan ? t('versions.lastRan', { time: time(v.lastRan) }) : t('versions.neverRan')].join(' · ')}
              </div>
              <div className="small"><code>{v.sha256}</code></div>
            </div>
            {v.current ? <Mark tone="good" text={t('versions.current')} /> : (
              <Button size="small" onClick={() => onDeed({
                title: t('versions.backTo', { version: v.version }),
                run: (m) => api.rollBack(id, v.version, m),
              })}>{t('versions.back')}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
