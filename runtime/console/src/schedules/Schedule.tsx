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
import { Mark } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { useTitle } from '../parts/title';
import { Wrong } from '../parts/Wrong';
import { dayOf, plusDays } from '../records/filters';
import { BackfillDialog } from './BackfillDialog';
import { OccurrenceLine, RunRecords } from './OccurrenceLine';
import { PauseDialog } from './PauseDialog';
import { useRhythm } from './rhythm';

const here = getRouteApi('/schedules/$plugin/$name');
const DAYS = 30;
const SHOWN = 50;

/** One schedule: when it was due and what came of that, running it by hand, making up for past days, and pausing it. */
export function Schedule() {
  const { t } = useTranslation();
  const { plugin, name } = here.useParams();
  const id = `${plugin}/${name}`;
  const names = useNames();
  const rhythm = useRhythm();
  const { time, zone, now, known } = useClock();
  const { duration } = useSpans();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'run' | 'backfill' | 'pause' | null>(null);
  const resume = useMutation({ mutationFn: () => api.resumeSchedule(id), onSettled: () => queries.invalidateQueries({ queryKey: ['schedules'] }) });
  const [all, setAll] = useState(false);
  const schedule = useQuery({ ...ask.schedules(), select: (list) => list.find((s) => s.id === id) ?? null });
  const past = useQuery({ ...ask.occurrences(id, plusDays(dayOf(now(), zone), -DAYS)), enabled: known });
  const failed = [schedule, past].find((q) => q.isError);

  const s = schedule.data;
  useTitle(s ? names.title(s.title) : undefined);
  return (
    <div className="page">
      <BackLink to="/schedules" />
      {failed && <Wrong error={failed.error} onRetry={() => void failed.refetch()} />}
      {s && (
        <section className="panel" aria-labelledby="schedule-heading">
          <div className="headline">
            <h1 id="schedule-heading">{names.title(s.title)}</h1>
            {s.paused && <Mark tone="idle" text={t('pause.paused')} />}
            <div className="acts">
              <Button type="primary" size="small" onClick={() => setOpen('run')}>{t('schedules.run')}</Button>
              <Button size="small" onClick={() => setOpen('backfill')}>{t('backfill.backfill')}</Button>
              {s.paused ? <Button size="small" loading={resume.isPending} onClick={() => resume.mutate()}>{t('pause.resume')}</Button>
                : <Button size="small" onClick={() => setOpen('pause')}>{t('pause.pause')}</Button>}
            </div>
          </div>
          {resume.isError && <Wrong error={resume.error} />}
          {s.paused && (
            <div className="box warn">
              <p>{t('pause.by', { who: s.paused.who, time: time(s.paused.since) })}</p>
              {s.paused.reason && <p>{s.paused.reason}</p>}
            </div>
          )}
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
      {open === 'run' && s && <RunDialog id={id} title={names.title(s.title)} onClose={() => setOpen(null)} />}
      {open === 'backfill' && s && <BackfillDialog id={id} title={names.title(s.title)} onClose={() => setOpen(null)} />}
      {open === 'pause' && s && <PauseDialog id={id} title={names.title(s.title)} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Occurrences({ list, hidden, onAll }: { list: Occurrence[]; hidden: number; onAll: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="occurrences-heading">
      <div className="head">
        <h2 id="occurrences-heading">{t('schedules.occurrences')}</h2>
        <span className="small">{t('schedules.shown', { count: DAYS })}</span>
      </div>
      {list.length === 0 && <p className="empty">{t('schedules.noneDue')}</p>}
      <ul className="lines">
        {list.map((o) => <OccurrenceLine key={o.id} of={o} />)}
      </ul>
      {hidden > 0 && <Button onClick={onAll}>{t('schedules.more', { count: hidden })}</Button>}
    </section>
  );
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
          title={`${t(`occurrenceState.${done.state}`)} · ${t('schedules.about', { day: done.day })}`} description={<>{done.cause && <p>{done.cause}</p>}<RunRecords of={done} /></>} />
      )}
    </Dialog>
  );
}
