import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfOccurrence } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { daysOf } from './days';
import { useRhythm } from './rhythm';
import './schedules.css';

const DAYS = 7;

/** Everything that is due by itself: when next, and whether the last days went well. */
export function Schedules() {
  const { t } = useTranslation();
  const schedules = useQuery(ask.schedules());
  return (
    <div className="page">
      <div className="head"><h1>{t('nav.schedules')}</h1></div>
      {schedules.isError && <Wrong error={schedules.error} onRetry={() => void schedules.refetch()} />}
      {schedules.isPending && !schedules.isError && <Loading />}
      {schedules.data?.length === 0 && <section className="panel"><p className="empty">{t('schedules.empty')}</p></section>}
      <ul className="tiles">{schedules.data?.map((s) => <li key={s.id}><Tile schedule={s} /></li>)}</ul>
    </div>
  );
}

function Tile({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const names = useNames();
  const rhythm = useRhythm();
  const { time, zone, now, known } = useClock();
  const [plugin = '', name = ''] = schedule.id.split('/');
  const today = dayOf(now(), zone);
  const past = useQuery({ ...ask.occurrences(schedule.id, plusDays(today, 1 - DAYS)), enabled: known });
  const last = past.data?.find((o) => o.state !== 'DUE');
  const missed = past.data?.filter((o) => o.state === 'MISSED' || o.state === 'FAILED').length ?? 0;

  return (
    <section className="panel tile">
      <div className="line1">
        <h2><Link to="/schedules/$plugin/$name" params={{ plugin, name }} className="cover">{names.title(schedule.title)}</Link></h2>
        {last && <Mark tone={toneOfOccurrence(last.state)} text={t(`occurrenceState.${last.state}`)} />}
      </div>
      <p className="small">{schedule.id} · {rhythm(schedule)}</p>
      <p>{schedule.next ? t('schedules.next', { time: time(schedule.next) }) : t('schedules.unknown')}</p>
      <ol className="days" aria-label={t('schedules.days', { count: DAYS })}>
        {daysOf(past.data ?? [], today, DAYS, zone).map((d) => (
          <li key={d.day} className={d.state ? toneOfOccurrence(d.state) : 'none'}>
            <span className="small">{d.day.slice(8)}</span>
            <span className="unseen">{d.state ? t('schedules.day', { count: d.count, state: t(`occurrenceState.${d.state}`) }) : t('schedules.nothingDue')}</span>
          </li>
        ))}
      </ol>
      {missed > 0 && <p className="cause">{t('schedules.missed', { count: missed, days: DAYS })}</p>}
    </section>
  );
}
