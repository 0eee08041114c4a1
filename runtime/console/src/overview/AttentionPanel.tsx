import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfFlow, toneOfPlugin, type Tone } from '../parts/Mark';
import { dayOf, plusDays, queryOf, TROUBLES } from '../records/filters';

/** As many flows as are counted; what is more is said to be more. */
const COUNTED = 100;

type Matter = { id: string; tone: Tone; mark: string; text: ReactNode; detail: string | null };

/** What somebody has to look at, each with the way to it. Nothing is a good state, and said too. */
export function AttentionPanel() {
  const { t } = useTranslation();
  const names = useNames();
  const { now, zone, known } = useClock();
  const plugins = useQuery(ask.plugins()).data ?? [];
  const subscriptions = useQuery(ask.subscriptions()).data ?? [];
  const schedules = useQuery(ask.schedules()).data ?? [];
  const troubled = useQueries({
    queries: TROUBLES.map((status) => ({
      queryKey: ['attention', status],
      queryFn: () => api.records({ ...queryOf({ status, time: 'week' }, now(), zone), limit: COUNTED }),
      enabled: known,
    })),
  });
  const from = plusDays(dayOf(now(), zone), -1);
  const due = useQueries({ queries: schedules.map((s) => ({ ...ask.occurrences(s.id, from), enabled: known })) });

  const matters: Matter[] = [
    ...plugins.filter((p) => p.problem || p.state === 'FAILED' || p.state === 'DEGRADED').map((p): Matter => ({
      id: `plugin ${p.id}`, tone: toneOfPlugin(p.state), mark: t(`pluginState.${p.state}`),
      text: <Link to="/plugins/$id" params={{ id: p.id }}>{names.title(p.title)}</Link>, detail: p.problem?.message ?? null,
    })),
    ...TROUBLES.flatMap((status, i): Matter[] => {
      const page = troubled[i]?.data;
      if (!page || page.records.length === 0) return [];
      const count = page.next === null ? String(page.records.length) : `${COUNTED}+`;
      return [{
        id: status, tone: toneOfFlow(status), mark: t(`flowStatus.${status}`),
        text: <Link to="/records" search={{ status, time: 'week' }}>{t('attention.flows', { count: page.records.length, number: count })}</Link>,
        detail: page.records[0]?.cause ?? null,
      }];
    }),
    ...subscriptions.filter((s) => s.dead > 0 && s.contract).map((s): Matter => ({
      id: `subscription ${s.name} ${s.contract}`, tone: 'bad', mark: t('flowStatus.DEAD'),
      text: <Link to="/records" search={{ status: 'DEAD', contract: s.contract! }}>{t('attention.dead', { count: s.dead })}</Link>,
      detail: `${s.name} · ${names.contract(s.contract!)}`,
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
  const asked = known && troubled.every((q) => !q.isPending);

  return (
    <section className="panel attention" aria-labelledby="attention-heading">
      <h2 id="attention-heading">{t('attention.heading')}</h2>
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
