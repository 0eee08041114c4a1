import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schedule, ScheduleDay } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { useDayWords } from './dayWords';
import { OccurrenceLine } from './OccurrenceLine';

/** As many occurrences of a schedule as are written out; the schedule's own page has all. */
const SHOWN = 12;

/** One day: every occurrence of every schedule, with what came of it. */
export function DayPanel({ day, entries, schedules }: { day: string; entries: ScheduleDay[]; schedules: Schedule[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const words = useDayWords();
  const { time } = useClock();
  const runs = useQueries({ queries: entries.map((d) => ask.occurrences(d.schedule, day, day)) });
  return (
    <section className="panel" aria-labelledby="day-heading">
      <h2 id="day-heading">{day}</h2>
      {entries.length === 0 && <p className="empty">{t('schedules.nothingDue')}</p>}
      {entries.map((d, i) => {
        const schedule = schedules.find((s) => s.id === d.schedule);
        const [plugin = '', name = ''] = d.schedule.split('/');
        const past = runs[i]?.data ?? [];
        return (
          <section key={d.schedule} aria-label={schedule ? names.title(schedule.title) : d.schedule}>
            <h3><Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{schedule ? names.title(schedule.title) : d.schedule}</Link> <span className="small">{words(d).counts}</span></h3>
            <ul className="lines">
              {past.slice(0, SHOWN).map((o) => <OccurrenceLine key={o.id} of={o} />)}
              {d.coming > 0 && past.length === 0 && <li><span className="small">{t('calendar.comingAt', { time: time(d.firstDueAt) })}</span></li>}
              {past.length > SHOWN && <li className="small">{t('schedules.more', { count: past.length - SHOWN })}</li>}
            </ul>
          </section>
        );
      })}
    </section>
  );
}
