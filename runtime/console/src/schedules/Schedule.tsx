import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Occurrence } from '../api/client';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { Dialog } from '../parts/Dialog';
import { Loading } from '../parts/Loading';
import { Mark, toneOfOccurrence } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { useRhythm } from './rhythm';

const here = getRouteApi('/schedules/$plugin/$name');
const DAYS = 30;
const SHOWN = 50;

/** One schedule: when it was due and what came of that, and running it by hand. */
export function Schedule() {
  const { t } = useTranslation();
  const { plugin, name } = here.useParams();
  const id = `${plugin}/${name}`;
  const names = useNames();
  const rhythm = useRhythm();
  const { time, zone, now, known } = useClock();
  const { duration } = useSpans();
  const [run, setRun] = useState(false);
  const [all, setAll] = useState(false);
  const schedule = useQuery({ ...ask.schedules(), select: (list) => list.find((s) => s.id === id) ?? null });
  const past = useQuery({ ...ask.occurrences(id, plusDays(dayOf(now(), zone), -DAYS)), enabled: known });
  const failed = [schedule, past].find((q) => q.isError);

  const s = schedule.data;
  return (
    <div className="page">
      <BackLink to="/schedules" />
      {failed && <Wrong error={failed.error} onRetry={() => void failed.refetch()} />}
      {s && (
        <section className="panel" aria-labelledby="schedule-heading">
          <div className="headline">
            <h1 id="schedule-heading">{names.title(s.title)}</h1>
            <div className="acts"><Button type="primary" size="small" onClick={() => setRun(true)}>{t('schedules.run')}</Button></div>
          </div>
          <dl className="facts">
            <div><dt>{t('schedules.id')}</dt><dd>{s.id}</dd></div>
            <div><dt>{t('record.plugin')}</dt><dd><Link to="/plugins/$id" params={{ id: s.plugin }}>{names.plugin(s.plugin)}</Link></dd></div>
            <div><dt>{t('schedules.rhythm')}</dt><dd>{rhythm(s)}{s.cron && <div className="small"><code>{s.cron}</code></div>}</dd></div>
            <div><dt>{t('schedules.covers')}</dt><dd>{t(`covers.${s.covers}`)}</dd></div>
            <div><dt>{t('schedules.misfire')}</dt><dd>{t(`misfire.${s.misfire}`)}</dd></div>
            {s.timeout && <div><dt>{t('schedules.timeout')}</dt><dd>{duration(s.timeout)}</dd></div>}
            <div><dt>{t('schedules.nextHeading')}</dt><dd>{s.next ? time(s.next) : t('schedules.unknown')}</dd></div>
          </dl>
        </section>
      )}
      {s === null && <section className="panel"><p className="empty">{t('schedules.gone', { id })}</p></section>}
      {past.data ? <Occurrences list={all ? past.data : past.data.slice(0, SHOWN)} hidden={all ? 0 : Math.max(0, past.data.length - SHOWN)} onAll={() => setAll(true)} />
        : !past.isError && <Loading />}
      {run && s && <RunDialog id={id} title={names.title(s.title)} onClose={() => setRun(false)} />}
    </div>
  );
}

function Occurrences({ list, hidden, onAll }: { list: Occurrence[]; hidden: number; onAll: () => void }) {
  const { t } = useTranslation();
  const { time } = useClock();
  return (
    <section className="panel" aria-labelledby="occurrences-heading">
      <div className="head">
        <h2 id="occurrences-heading">{t('schedules.occurrences')}</h2>
        <span className="small">{t('schedules.shown', { count: DAYS })}</span>
      </div>
      {list.length === 0 && <p className="empty">{t('schedules.noneDue')}</p>}
      <ul className="lines">
        {list.map((o) => (
          <li key={o.id}>
            <div className="grow">
              <div><time dateTime={o.dueAt}>{time(o.dueAt)}</time> <span className="small">{t('schedules.about', { day: o.day })}</span></div>
              <div className="small">{[t(`occurrenceKind.${o.kind}`), o.attempts > 1 && t('schedules.attempts', { count: o.attempts }), <Took key="took" of={o} />, o.node]
                .filter(Boolean).map((part, i) => <span key={i}>{i > 0 && ' · '}{part}</span>)}</div>
              {o.cause && <div className="cause">{o.cause}</div>}
            </div>
            <Mark tone={toneOfOccurrence(o.state)} text={t(`occurrenceState.${o.state}`)} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <Button onClick={onAll}>{t('schedules.more', { count: hidden })}</Button>}
    </section>
  );
}

function Took({ of }: { of: Occurrence }) {
  const { t } = useTranslation();
  const { span } = useSpans();
  if (!of.startedAt || !of.endedAt) return t('schedules.notRun');
  return t('plan.took', { span: span(new Date(of.endedAt).getTime() - new Date(of.startedAt).getTime()) });
}

function RunDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { zone, now } = useClock();
  const [day, setDay] = useState('');
  const run = useMutation({
    mutationFn: () => api.runSchedule(id, day || null),
    onSettled: () => ['schedules', 'report', 'attention'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  const done = run.data;

  return (
    <Dialog title={t('schedules.runOf', { title })} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.close')}</Button>
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>{done ? t('schedules.again') : t('schedules.run')}</Button>
      </>
    )}>
      <p>{t('schedules.runText')}</p>
      <label className="choice">
        <span>{t('schedules.runDay')}</span>
        <input type="date" value={day} max={dayOf(now(), zone)} onChange={(e) => setDay(e.target.value)} />
      </label>
      <p className="small">{t('schedules.runDefault')}</p>
      {run.isError && <Wrong error={run.error} />}
      {done && (
        <Alert type={done.state === 'DONE' ? 'success' : 'error'} showIcon role="status"
          title={`${t(`occurrenceState.${done.state}`)} · ${t('schedules.about', { day: done.day })}`} description={done.cause ?? undefined} />
      )}
    </Dialog>
  );
}
