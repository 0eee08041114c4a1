import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type RouteDetail } from '../../api/client';
import { ask } from '../../api/queries';
import { useFigures } from '../../map/words';
import { useClock } from '../../parts/clock';
import { Dialog } from '../../parts/Dialog';
import { useSpans } from '../../parts/spans';
import { Wrong } from '../../parts/Wrong';
import { ProblemText } from '../PlanView';
import { StateMark } from '../RouteTable';
import { Diagram } from './Diagram';
import { Yaml } from './Yaml';

/** The contract of an endpoint of the hub's own. */
const CONTRACT = /^record:([^?{$]+)/;

/** One route: how it stands, what it does step by step, and the file that says so. */
export function RoutePanel({ plugin, detail }: { plugin: string; detail: RouteDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { number, span } = useSpans();
  const { time } = useClock();
  const [line, setLine] = useState<number | null>(null);
  const [stopping, setStopping] = useState(false);
  const id = detail.route.id!;
  const settled = () => ['routes', 'plugins', 'map'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  const start = useMutation({ mutationFn: () => api.startRoute(plugin, id), onSettled: settled });
  const { counters } = detail;
  const reads = CONTRACT.exec(detail.from)?.[1];
  const { rate } = useFigures();
  const edges = useQuery(ask.map()).data?.edges;
  /** Of records the map knows how many a route publishes now. */
  const passing = (uri: string) => {
    const contract = CONTRACT.exec(uri)?.[1];
    const now = edges?.filter((e) => e.to === `contract:${contract}` && e.plugin === plugin && e.routes.includes(id)).reduce((sum, e) => sum + e.perSecond, 0) ?? 0;
    return contract && now > 0 ? rate(now) : '';
  };

  return (
    <>
      <section className="panel" aria-labelledby="route-heading">
        <div className="headline">
          <h2 id="route-heading">{id}</h2>
          <StateMark state={detail.route.state} />
          <div className="acts">
            {reads ? <Link to="/records" search={{ contract: reads }} className="small quiet">{t('route.reads')}</Link>
              : <Link to="/records" search={{ plugin, route: id }} className="small quiet">{t('route.records')}</Link>}
            {detail.stopped ? <Button size="small" type="primary" loading={start.isPending} onClick={() => start.mutate()}>{t('route.start')}</Button>
              : !detail.inner && <Button size="small" onClick={() => setStopping(true)}>{t('route.stop')}</Button>}
          </div>
        </div>
        {start.isError && <Wrong error={start.error} />}
        {detail.stopped ? (
          <div className="box warn">
            <p>{t('route.stoppedBy', { who: detail.stopped.who, time: time(detail.stopped.since) })}</p>
            {detail.stopped.reason && <p>{detail.stopped.reason}</p>}
          </div>
        ) : detail.route.problem && <ProblemText problem={detail.route.problem} />}
        <dl className="facts">
          <div><dt>{t('routes.done')}</dt><dd>{number(counters.done)}</dd></div>
          <div><dt>{t('routes.failed')}</dt><dd className={counters.failed > 0 ? 'bad' : undefined}>{number(counters.failed)}</dd></div>
          <div><dt>{t('route.inFlight')}</dt><dd>{number(counters.inFlight)}</dd></div>
          <div><dt>{t('route.mean')}</dt><dd>{counters.meanMs === null ? '–' : span(counters.meanMs)}</dd></div>
          <div><dt>{t('route.max')}</dt><dd>{counters.maxMs === null ? '–' : span(counters.maxMs)}</dd></div>
        </dl>
      </section>
      <div className="beside">
        <section className="panel" aria-labelledby="steps-heading">
          <h3 id="steps-heading">{t('route.steps')}</h3>
          <Diagram from={detail.from} steps={detail.steps} passing={passing} chosen={line} onChoose={setLine}
            came={[t('routes.passed', { done: number(counters.done), failed: number(counters.failed) }), counters.inFlight > 0 && t('route.underWay', { number: number(counters.inFlight) })].filter(Boolean).join(' · ')} />
        </section>
        {detail.yaml && <Yaml yaml={detail.yaml} line={line} />}
      </div>
      {stopping && <StopDialog plugin={plugin} route={id} onClose={() => setStopping(false)} onDone={settled} />}
    </>
  );
}

type StopProps = { plugin: string; route: string; onClose: () => void; onDone: () => void };

function StopDialog({ plugin, route, onClose, onDone }: StopProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const stop = useMutation({
    mutationFn: () => api.stopRoute(plugin, route, reason.trim() || null),
    onSuccess: onClose,
    onSettled: onDone,
  });
  return (
    <Dialog title={t('route.stopOf', { route })} onClose={onClose} footer={(
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" danger loading={stop.isPending} onClick={() => stop.mutate()}>{t('route.stop')}</Button>
      </>
    )}>
      <p>{t('route.stopText')}</p>
      <label className="field"><span className="small">{t('pause.reason')}</span>
        <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} /></label>
      {stop.isError && <Wrong error={stop.error} />}
    </Dialog>
  );
}
