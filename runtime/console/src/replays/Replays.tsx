import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { REPLAYS } from '../api/client';
import { ask } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { Bar, toneOfReplay } from './Progress';
import './replays.css';

/** What was sent on again, or dismissed, the newest first: by whom, why, and how it ended. */
export function Replays() {
  const { t } = useTranslation();
  const { time } = useClock();
  const replays = useQuery(ask.replays());

  return (
    <div className="page">
      <BackLink to="/records" />
      <div className="head"><h1>{t('replay.list')}</h1><div className="acts"><Link to="/audit" className="small quiet">{t('nav.audit')}</Link></div></div>
      {replays.isError && <Wrong error={replays.error} onRetry={() => void replays.refetch()} />}
      {replays.isPending ? !replays.isError && <Loading /> : (
        <section className="panel" aria-label={t('replay.list')}>
          {replays.data?.length === 0 && <p className="empty">{t('replay.none')}</p>}
          <ul className="lines">
            {replays.data?.map((r) => (
              <li key={r.id}>
                <div className="grow">
                  <Link to="/replays/$id" params={{ id: String(r.id) }} className="title">{t(`replayAction.${r.action}`)} · {r.id}</Link>
                  <div className="small">{[time(r.startedAt), r.who, r.reason].filter(Boolean).join(' · ')}</div>
                </div>
                <div className="grow"><Bar replay={r} /></div>
                <Mark tone={toneOfReplay(r.state)} text={t(`replayState.${r.state}`)} />
              </li>
            ))}
          </ul>
          {replays.data?.length === REPLAYS && <p className="small">{t('replay.newest', { count: REPLAYS })}</p>}
        </section>
      )}
    </div>
  );
}
