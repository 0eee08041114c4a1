import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { Completeness } from '../reports/Completeness';
import { periodOf } from '../reports/periods';
import { useDayWords } from '../schedules/dayWords';
import '../reports/reports.css';

/** What is due today, and how complete the reports of the last whole period are. */
export function TodayPanel() {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone, known, time } = useClock();
  const today = dayOf(now(), zone);
  const words = useDayWords();
  const schedules = useQuery(ask.schedules()).data ?? [];
  const dayList = useQuery({ ...ask.scheduleDays(today, today), enabled: known });
  const days = dayList.data?.days ?? [];
  const formList = useQuery(ask.forms());
  const forms = formList.data ?? [];
  // what could not be read is not nothing
  const failed = [dayList, formList].find((q) => q.isError);
  const periods = forms.map((f) => periodOf(f.period, plusDays(periodOf(f.period, today).first, -1)));
  const reports = useQueries({ queries: forms.map((f, i) => ({ ...ask.report(f.id, periods[i]!.text, undefined), enabled: known })) });

  return (
    <section className="panel today" aria-labelledby="today-heading">
      <h2 id="today-heading">{t('today.heading')}</h2>
      {failed && <Wrong error={failed.error} onRetry={() => void Promise.all([dayList.refetch(), formList.refetch()])} />}
      <div className="columns even">
        <div>
          <h3>{t('nav.schedules')}</h3>
          {dayList.data && days.length === 0 && <p className="small">{t('today.noneDue')}</p>}
          <ul className="lines">
            {days.map((d) => {
              const schedule = schedules.find((s) => s.id === d.schedule);
              const [plugin = '', name = ''] = d.schedule.split('/');
              const said = words(d, schedule?.paused != null);
              return (
                <li key={d.schedule}>
                  <div className="grow">
                    <Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{schedule ? names.title(schedule.title) : d.schedule}</Link>
                    <div className="small">{t('today.first', { time: time(d.firstDueAt) })}{said.counts && ` · ${said.counts}`}</div>
                  </div>
                  <Mark tone={said.tone} text={said.word} />
                </li>
              );
            })}
          </ul>
        </div>
        <div>
          <h3>{t('nav.reports')}</h3>
          {formList.data && forms.length === 0 && <p className="small">{t('reports.empty')}</p>}
          <ul className="lines">
            {forms.map((f, i) => (
              <li key={f.id}>
                <div className="grow">
                  <Link to="/reports/$form/$period" params={{ form: f.id, period: periods[i]!.text }}>{names.title(f.title)}</Link>
                  <div className="small">{periods[i]!.text}</div>
                </div>
                {reports[i]?.data && <Completeness total={reports[i].data.total} />}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
