import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfOccurrence } from '../parts/Mark';
import { dayOf, plusDays } from '../records/filters';
import { daysOf } from './days';
import { useRhythm } from './rhythm';

const DAYS = 7;

/** One schedule: when next, and whether the last days went well. */
export function ScheduleTile({ schedule }: { schedule: Schedule }) {
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
        {schedule.paused ? <Mark tone="idle" text={t('pause.paused')} /> : last && <Mark tone={toneOfOccurrence(last.state)} text={t(`occurrenceState.${last.state}`)} />}
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
