import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Occurrence, Schedule, ScheduleDay } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { byWeight, useDayWords } from './dayWords';
import { OccurrenceLine } from './OccurrenceLine';

/** As many occurrences of a schedule as are written out; the schedule's own page has all. */
const SHOWN = 6;

/** What wants to be seen comes first. */
const GRAVITY: Occurrence['state'][] = ['FAILED', 'MISSED', 'RUNNING', 'SKIPPED', 'DONE'];

/** One day: every occurrence of every schedule with what came of it, the worst first; what is still to come is counted. */
export function DayPanel({ day, entries, schedules }: { day: string; entries: ScheduleDay[]; schedules: Schedule[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const words = useDayWords();
  const { time } = useClock();
  const runs = useQueries({ queries: entries.map((d) => ask.occurrences(d.schedule, day, day)) });
  const order = entries.map((d, i) => ({ d, i })).sort((a, b) => byWeight(a.d, b.d));
  return (
    <section className="panel" aria-labelledby="day-heading">
      <h2 id="day-heading">{day}</h2>
      {entries.length === 0 && <p className="empty">{t('schedules.nothingDue')}</p>}
      {order.map(({ d, i }) => {
        const schedule = schedules.find((s) => s.id === d.schedule);
        const [plugin = '', name = ''] = d.schedule.split('/');
        const past = (runs[i]?.data ?? []).filter((o) => o.state !== 'DUE').sort((a, b) => GRAVITY.indexOf(a.state) - GRAVITY.indexOf(b.state));
        const next = d.coming > 0 ? (runs[i]?.data ?? []).filter((o) => o.state === 'DUE').map((o) => o.dueAt).sort()[0] ?? d.firstDueAt : undefined;
        return (
          <section key={d.schedule} aria-label={schedule ? names.title(schedule.title) : d.schedule}>
            <h3><Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{schedule ? names.title(schedule.title) : d.schedule}</Link> <span className="small">{words(d).counts}</span></h3>
            <ul className="lines">
              {past.slice(0, SHOWN).map((o) => <OccurrenceLine key={o.id} of={o} />)}
              {past.length > SHOWN && (
                <li><Link to="/schedules/$plugin/$name" params={{ plugin, name }} className="small">{t('calendar.further', { count: past.length - SHOWN })}</Link></li>
              )}
              {next && <li><span className="small">{t('calendar.comingAt', { count: d.coming, time: time(next) })}</span></li>}
            </ul>
          </section>
        );
      })}
    </section>
  );
}
