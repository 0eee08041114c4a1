import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfFlow, toneOfPlugin, type Tone } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import { dayOf, plusDays, TROUBLES, type Filters } from '../records/filters';
import { useRange } from '../records/useRange';
import { toneOfReplay } from '../replays/Progress';
import { Why } from '../trouble/Why';

const WEEK: Filters = { status: TROUBLES, time: 'week' };
/** The hub's code for a route that somebody has stopped. */
const STOPPED_BY_HAND = 'stopped-by-hand';
/** As many causes as are named; the others stand on their own page. */
const SHOWN = 6;

type Matter = { id: string; tone: Tone; mark: string; text: ReactNode; detail: string | null };

/** What somebody has to look at, each with the way to it. Nothing is a good state, and said too. */
export function AttentionPanel() {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone, known } = useClock();
  const { number } = useSpans();
  const pluginList = useQuery(ask.plugins());
  const subscriptionList = useQuery(ask.subscriptions());
  const scheduleList = useQuery(ask.schedules());
  const routeList = useQuery(ask.routes());
  const replayList = useQuery(ask.replays());
  const plugins = pluginList.data ?? [];
  const subscriptions = subscriptionList.data ?? [];
  const schedules = scheduleList.data ?? [];
  const troubled = useQuery({ ...ask.causes(useRange(WEEK)), enabled: known });
  const causes = troubled.data?.groups ?? [];
  const from = plusDays(dayOf(now(), zone), -1);
  const due = useQueries({ queries: schedules.map((s) => ({ ...ask.occurrences(s.id, from), enabled: known })) });

  const matters: Matter[] = [
    ...plugins.filter((p) => p.problem || p.state === 'FAILED' || p.state === 'DEGRADED').map((p): Matter => ({
      id: `plugin ${p.id}`, tone: toneOfPlugin(p.state), mark: t(`pluginState.${p.state}`),
      text: <Link to="/plugins/$id" params={{ id: p.id }}>{names.title(p.title)}</Link>, detail: p.problem?.message ?? null,
    })),
    // a plugin says by its state what is wrong with its routes; the site has none
    ...(routeList.data ?? []).filter((r) => r.owner === SITE && r.problem).map((r): Matter => ({
      id: `route ${r.file ?? ''} ${r.id ?? ''}`, tone: r.problem!.code === STOPPED_BY_HAND ? 'idle' : 'bad',
      mark: r.problem!.code === STOPPED_BY_HAND ? t('routeState.Stopped') : r.state === 'Refused' ? t('routeState.Refused') : t('mapState.bad'),
      text: <Link to="/plugins/$id" params={{ id: SITE }} search={{ tab: 'routes', ...(r.id && r.state !== 'Refused' ? { route: r.id } : {}) }}>{t('attention.route', { route: r.id ?? r.file ?? '' })}</Link>,
      detail: r.problem!.message,
    })),
    ...causes.slice(0, SHOWN).map((g): Matter => {
      const said = <Why flow={g.latest} />;
      const status = [g.latest.status];
      return {
        id: `cause ${g.id ?? g.latest.status}`, tone: toneOfFlow(g.latest.status), mark: t(`flowStatus.${g.latest.status}`),
        text: g.flows === 1 ? <Link to="/records/$id" params={{ id: g.latest.id }}>{said}</Link>
          : <Link to="/trouble" search={{ status, time: 'week', ...(g.id ? { cause: g.id } : {}) }}>{said}</Link>,
        detail: [t('attention.causes', { count: g.flows, number: number(g.flows) }), g.latest.plugin && g.latest.plugin !== SITE ? names.plugin(g.latest.plugin) : null]
          .filter(Boolean).join(' · '),
      };
    }),
    ...(causes.length > SHOWN ? [{
      id: 'causes', tone: 'warn' as const, mark: t('nav.trouble'), detail: null,
      text: <Link to="/trouble" search={{ time: 'week' }}>{t('attention.more', { count: causes.length - SHOWN })}</Link>,
    }] : []),
    // dead letters from before that week, which no cause above speaks of
    ...subscriptions.filter((s) => s.dead > 0 && s.contract && !causes.some((g) => g.latest.status === 'DEAD' && g.latest.contract === s.contract)).map((s): Matter => ({
      id: `subscription ${s.name} ${s.contract}`, tone: 'bad', mark: t('flowStatus.DEAD'),
      text: <Link to="/records" search={{ status: ['DEAD'], contract: s.contract! }}>{t('attention.dead', { count: s.dead })}</Link>,
      detail: `${s.name} · ${names.contract(s.contract!)}`,
    })),
    ...subscriptions.filter((s) => s.contract && !s.reading && s.waiting > 0).map((s): Matter => ({
      id: `waiting ${s.name} ${s.contract}`, tone: 'warn', mark: t('subscriptions.idle'),
      text: <Link to="/plugins/$id" params={{ id: s.name.includes('/') ? s.name.replace(/\/.*$/, '') : SITE }} search={{ tab: 'routes' }}>{t('attention.waiting', { count: s.waiting, number: number(s.waiting) })}</Link>,
      detail: `${s.name} · ${names.contract(s.contract!)}`,
    })),
    ...(replayList.data ?? []).filter((r) => r.state === 'FAILED' || r.state === 'PAUSED').map((r): Matter => ({
      id: `replay ${r.id}`, tone: toneOfReplay(r.state), mark: t(`replayState.${r.state}`),
      text: <Link to="/replays/$id" params={{ id: String(r.id) }}>{t(`replayAction.${r.action}`)} · {r.id}</Link>,
      detail: r.problem ?? t('attention.left', { number: number(r.total - r.done - r.skipped - r.failed) }),
    })),
    ...schedules.flatMap((s, i): Matter[] => {
      const bad = due[i]?.data?.find((o) => o.state === 'MISSED' || o.state === 'FAILED');
      const [plugin = '', name = ''] = s.id.split('/');
      return !bad ? [] : [{
        id: `schedule ${s.id}`, tone: bad.state === 'FAILED' ? 'bad' : 'warn', mark: t(`occurrenceState.${bad.state}`),
        text: <Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{names.title(s.title)}</Link>,
        detail: bad.cause ?? t('schedules.about', { day: bad.day }),
      }];
    }),
  ];
  // what could not be read is no good news
  const failed = [pluginList, subscriptionList, scheduleList, routeList, replayList, troubled, ...due].find((q) => q.isError);
  const asked = known && !failed && ![pluginList, subscriptionList, scheduleList, routeList, replayList, troubled, ...due].some((q) => q.isPending);

  return (
    <section className="panel attention" aria-labelledby="attention-heading">
      <h2 id="attention-heading">{t('attention.heading')}</h2>
      {failed && <Wrong error={failed.error} onRetry={() => void failed.refetch()} />}
      {matters.length === 0 && !asked && !failed && <Loading />}
      {matters.length === 0 && asked && <p className="calm"><Mark tone="good" text={t('attention.none')} /></p>}
      <ul>
        {matters.map((m) => (
          <li key={m.id}>
            <Mark tone={m.tone} text={m.mark} />
            <div>{m.text}{m.detail && <div className="small">{m.detail}</div>}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
