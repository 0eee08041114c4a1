import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type PluginEvent } from '../api/client';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfOutcome } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { PlanView, ProblemText } from './PlanView';

/** Who did what with a plugin, the newest first, each with the plan that it was done by. */
export function History({ id }: { id: string }) {
  const { t } = useTranslation();
  const history = useInfiniteQuery({
    queryKey: ['plugins', id, 'history'],
    queryFn: ({ pageParam }) => api.history(id, pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (!history.data) return history.isError ? <Wrong error={history.error} onRetry={() => void history.refetch()} /> : <Loading />;
  const events = history.data.pages.flatMap((page) => page.events);
  return (
    <section className="panel" aria-labelledby="history-heading">
      <h2 id="history-heading">{t('pluginTab.history')}</h2>
      {events.length === 0 && <p className="empty">{t('history.none')}</p>}
      <ul className="lines">{events.map((e) => <li key={e.number}><Entry event={e} /></li>)}</ul>
      {history.hasNextPage && <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>{t('history.more')}</Button>}
    </section>
  );
}

function Entry({ event }: { event: PluginEvent }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const { duration } = useSpans();
  const [open, setOpen] = useState(false);
  const whole = useQuery({
    queryKey: ['plugin-event', event.number, event.outcome],
    queryFn: () => api.pluginEvent(event.plugin, event.number),
    enabled: open,
  });
  const { fromVersion, toVersion } = event;
  const versions = fromVersion && toVersion && fromVersion !== toVersion ? `${fromVersion} → ${toVersion}` : toVersion ?? fromVersion;

  return (
    <details className="grow" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <span className="title">{t(`pluginAction.${event.action}`)}</span> <span>{versions}</span>
        <Mark tone={toneOfOutcome(event.outcome)} text={t(`outcome.${event.outcome}`)} />
        <span className="small">
          {[time(event.startedAt), event.who, event.door, event.took && t('plan.took', { span: duration(event.took) }),
            event.paused && t('plan.paused', { span: duration(event.paused) })].filter(Boolean).join(' · ')}
        </span>
      </summary>
      {event.problem && <ProblemText problem={event.problem} />}
      {whole.isError && <Wrong error={whole.error} onRetry={() => void whole.refetch()} />}
      {open && whole.isPending && <Loading />}
      {whole.data && (whole.data.plan ? <PlanView plan={whole.data.plan} /> : <p className="small">{t('history.noPlan')}</p>)}
    </details>
  );
}
