import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Occurrence } from '../api/client';
import { useClock } from '../parts/clock';
import { Mark, toneOfOccurrence } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { readFilters } from '../records/filters';

/** The way to the records that a run made. */
export function RunRecords({ of: o }: { of: Occurrence }) {
  const { t } = useTranslation();
  return <Link to="/records" search={readFilters({ q: `${o.day} ${o.id.slice(0, 8)}` })} className="small">{t('backfill.records')}</Link>;
}

/** One due time and what came of it, with the way to the records that its run made. */
export function OccurrenceLine({ of: o }: { of: Occurrence }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const { span } = useSpans();
  const took = o.startedAt && o.endedAt ? t('plan.took', { span: span(new Date(o.endedAt).getTime() - new Date(o.startedAt).getTime()) }) : t('schedules.notRun');
  return (
    <li>
      <div className="grow">
        <div><time dateTime={o.dueAt}>{time(o.dueAt)}</time> <span className="small">{t('schedules.about', { day: o.day })}</span></div>
        <div className="small">{[t(`occurrenceKind.${o.kind}`), o.askedBy && t('backfill.askedBy', { who: o.askedBy }), o.attempts > 1 && t('schedules.attempts', { count: o.attempts }), took, o.node].filter(Boolean).join(' · ')}</div>
        {o.cause && <div className={o.state === 'SKIPPED' ? 'small' : 'cause'}>{o.cause}</div>}
      </div>
      {o.startedAt && <RunRecords of={o} />}
      <Mark tone={toneOfOccurrence(o.state)} text={t(`occurrenceState.${o.state}`)} />
    </li>
  );
}
