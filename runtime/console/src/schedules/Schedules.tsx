import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { useWide } from '../parts/wide';
import { Wrong } from '../parts/Wrong';
import { dayOf } from '../records/filters';
import { CALENDAR_VIEWS } from '../router';
import { Calendar } from './Calendar';
import { ScheduleTile } from './ScheduleTile';
import './schedules.css';

const here = getRouteApi('/schedules');

/** Everything that is due by itself: on a calendar, or schedule by schedule. */
export function Schedules() {
  const { t } = useTranslation();
  const wide = useWide(720);
  const { view = wide ? 'month' : 'week', day } = here.useSearch();
  const { now, zone, known } = useClock();
  const schedules = useQuery(ask.schedules());
  return (
    <div className="page">
      <div className="head">
        <h1>{t('nav.schedules')}</h1>
        <nav className="tabs small-tabs" aria-label={t('calendar.views')}>
          {CALENDAR_VIEWS.map((v) => (
            <Link key={v} to="/schedules" search={{ view: v, ...(day ? { day } : {}) }} replace className={v === view ? 'here' : undefined}
              aria-current={v === view ? 'page' : undefined}>{t(`calendarView.${v}`)}</Link>
          ))}
        </nav>
      </div>
      {schedules.isError && <Wrong error={schedules.error} onRetry={() => void schedules.refetch()} />}
      {schedules.isPending && !schedules.isError && <Loading />}
      {schedules.data?.length === 0 && <section className="panel"><p className="empty">{t('schedules.empty')}</p></section>}
      {schedules.data && schedules.data.length > 0 && (view === 'list'
        ? <ul className="tiles">{schedules.data.map((s) => <li key={s.id}><ScheduleTile schedule={s} /></li>)}</ul>
        : known ? <Calendar view={view} day={day ?? dayOf(now(), zone)} chosen={day !== undefined} schedules={schedules.data} /> : <Loading />)}
    </div>
  );
}
