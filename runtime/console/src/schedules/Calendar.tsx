import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CalendarYear, Schedule, ScheduleDay } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, Sign } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import type { CalendarSearch } from '../router';
import { DayPanel } from './DayPanel';
import { byWeight, useDayWords } from './dayWords';
import { kindOf, monthOf, plusMonths, weekOf } from './workdays';

/** As many schedules as a day of a month has room for. */
const ROOM = 3;

type Props = { view: 'month' | 'week'; day: string; chosen: boolean; schedules: Schedule[] };

/** A month or a week of occurrences, on the State Council's working days and days off. */
export function Calendar({ view, day, chosen, schedules }: Props) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { now, zone } = useClock();
  const today = dayOf(now(), zone);
  const weeks = view === 'month' ? monthOf(day) : [weekOf(day)];
  const all = weeks.flat();
  const days = useQuery(ask.scheduleDays(all[0]!, all.at(-1)!));
  // the notices of the years beside may speak of the first and last days
  const shown = [...new Set(all.map((d) => Number(d.slice(0, 4))))];
  const asked = [...new Set(shown.flatMap((y) => [y - 1, y, y + 1]))];
  const notices = useQueries({ queries: asked.map((y) => ask.calendar(y)) });
  const years = notices.flatMap((n) => (n.data ? [n.data] : []));
  const silent = shown.filter((y) => years.some((n) => n.year === y && !n.known));
  const go = (to: string) => void navigate({ to: '/schedules', search: { view, day: to }, replace: true, resetScroll: false });
  const step = (by: number) => go(view === 'month' ? plusMonths(day, by) : plusDays(day, 7 * by));
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  const title = view === 'month'
    ? new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(new Date(`${day}T00:00:00Z`))
    : `${all[0]} – ${all[6]}`;
  const bad = days.data?.days.filter((d) => d.missed > 0 || d.failed > 0) ?? [];
  const grid = { all: days.data?.days ?? [], schedules, years, today, day: chosen ? day : undefined, view, locale };

  return (
    <>
      <section className="panel calendar" aria-labelledby="calendar-heading">
        <div className="head">
          <h2 id="calendar-heading" aria-live="polite">{title}</h2>
          <div className="acts">
            <Button size="small" aria-label={t(`calendarBefore.${view}`)} onClick={() => step(-1)}>‹</Button>
            <Button size="small" onClick={() => go(today)}>{t('calendar.today')}</Button>
            <Button size="small" aria-label={t(`calendarAfter.${view}`)} onClick={() => step(1)}>›</Button>
          </div>
        </div>
        {days.isError && <Wrong error={days.error} onRetry={() => void days.refetch()} />}
        {bad.length > 0 && (
          <div className="box bad">
            <b>{t('calendar.bad', { count: bad.reduce((n, d) => n + d.missed + d.failed, 0) })}</b>{' '}
            {[...new Set(bad.map((d) => d.day))].map((d) => <Link key={d} to="/schedules" search={{ view, day: d }} replace resetScroll={false} className="jump">{d.slice(5)}</Link>)}
          </div>
        )}
        {silent.map((y) => <p key={y} className="box warn">{t('calendar.silent', { year: y })}</p>)}
        {!days.data ? !days.isError && <Loading /> : view === 'month' ? <Month weeks={weeks} month={day.slice(0, 7)} {...grid} /> : <Week days={all} {...grid} />}
        <ul className="legend">
          <li><span className="swatch off" /> {t('calendar.off')}</li>
          <li><span className="swatch make-up" /> {t('calendar.makeUp')}</li>
          {(['DONE', 'FAILED', 'MISSED', 'SKIPPED'] as const).map((s) => (
            <li key={s}><Sign tone={s === 'DONE' ? 'good' : s === 'FAILED' ? 'bad' : s === 'MISSED' ? 'warn' : 'idle'} /> {s === 'SKIPPED' ? t('calendar.still') : t(`occurrenceState.${s}`)}</li>
          ))}
        </ul>
      </section>
      {chosen && <DayPanel day={day} entries={days.data?.days.filter((d) => d.day === day) ?? []} schedules={schedules} />}
    </>
  );
}

type Grid = {
  all: ScheduleDay[];
  schedules: Schedule[];
  years: CalendarYear[];
  today: string;
  day: string | undefined;
  view: CalendarSearch['view'];
  locale: string;
};

function Month({ weeks, month, ...grid }: Grid & { weeks: string[][]; month: string }) {
  const { t } = useTranslation();
  const weekday = new Intl.DateTimeFormat(grid.locale, { timeZone: 'UTC', weekday: 'short' });
  return (
    <table className="month" aria-label={t('calendar.label')}>
      <thead><tr>{weeks[0]!.map((d) => <th key={d} scope="col">{weekday.format(new Date(`${d}T00:00:00Z`))}</th>)}</tr></thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>{week.map((d) => <Cell key={d} date={d} outside={d.slice(0, 7) !== month} {...grid} />)}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ date, outside, all, schedules, years, today, day, view }: Grid & { date: string; outside: boolean }) {
  const { t } = useTranslation();
  const names = useNames();
  const words = useDayWords();
  const { kind } = kindOf(date, years);
  const entries = all.filter((d) => d.day === date).sort(byWeight);
  return (
    <td className={[kind, outside && 'outside', date === today && 'today', date === day && 'here'].filter(Boolean).join(' ')}>
      <div className="date">
        <Link to="/schedules" search={{ view, day: date }} replace resetScroll={false} aria-current={date === today ? 'date' : undefined}>
          {Number(date.slice(8))}<span className="unseen"> {date}</span>
        </Link>
        <DayNote date={date} years={years} />
      </div>
      <ul>
        {entries.slice(0, ROOM).map((d) => {
          const schedule = schedules.find((s) => s.id === d.schedule);
          const said = words(d, schedule?.paused != null);
          const name = schedule ? names.title(schedule.title) : d.schedule;
          return <li key={d.schedule} className={`entry ${said.tone}`} title={`${name}: ${said.word}${said.counts && ` (${said.counts})`}`}><Sign tone={said.tone} /><span className="name">{name}</span><span className="unseen">: {said.word}</span></li>;
        })}
        {entries.length > ROOM && <li className="small more">{t('calendar.more', { count: entries.length - ROOM })}</li>}
      </ul>
    </td>
  );
}

/** In a word what the day is, for those who don't see its shade. */
function DayNote({ date, years }: { date: string; years: CalendarYear[] }) {
  const { t } = useTranslation();
  const { kind, holiday } = kindOf(date, years);
  if (kind === 'make-up') return <span className="note make-up" title={t('calendar.makeUp')}>{t('calendar.makeUpShort')}</span>;
  if (kind === 'off') return <span className="note off" title={holiday ?? t('calendar.off')}>{holiday ?? t('calendar.offShort')}</span>;
  return null;
}

function Week({ days, ...grid }: Grid & { days: string[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const words = useDayWords();
  const { time } = useClock();
  const weekday = new Intl.DateTimeFormat(grid.locale, { timeZone: 'UTC', weekday: 'long' });
  return (
    <ol className="week" aria-label={t('calendar.label')}>
      {days.map((date) => {
        const entries = grid.all.filter((d) => d.day === date);
        return (
          <li key={date} className={[kindOf(date, grid.years).kind, date === grid.today && 'today', date === grid.day && 'here'].filter(Boolean).join(' ')}>
            <div className="date">
              <Link to="/schedules" search={{ view: grid.view, day: date }} replace resetScroll={false} aria-current={date === grid.today ? 'date' : undefined}>{date}</Link>
              <span className="small">{weekday.format(new Date(`${date}T00:00:00Z`))}</span>
              <DayNote date={date} years={grid.years} />
            </div>
            {entries.length === 0 ? <p className="small">{t('schedules.nothingDue')}</p> : (
              <ul>
                {entries.map((d) => {
                  const schedule = grid.schedules.find((s) => s.id === d.schedule);
                  const said = words(d, schedule?.paused != null);
                  const [plugin = '', name = ''] = d.schedule.split('/');
                  return (
                    <li key={d.schedule}>
                      <Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{schedule ? names.title(schedule.title) : d.schedule}</Link>
                      <span className="small">{said.counts || time(d.firstDueAt)}</span>
                      <Mark tone={said.tone} text={said.word} />
                    </li>
                  );
                })}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}
