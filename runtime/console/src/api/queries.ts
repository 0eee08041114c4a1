import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type FlowQuery, type Title } from './client';

/**
 * What the pages read, under the keys by which live.ts has it read again. A page's own list of flows is not here: it is
 * merged, not read anew.
 */
export const ask = {
  hub: () => queryOptions({ queryKey: ['hub'], queryFn: api.hub }),
  plugins: () => queryOptions({ queryKey: ['plugins'], queryFn: api.plugins }),
  plugin: (id: string) => queryOptions({ queryKey: ['plugins', id, 'detail'], queryFn: () => api.plugin(id) }),
  versions: (id: string) => queryOptions({ queryKey: ['plugins', id, 'versions'], queryFn: () => api.versions(id) }),
  settings: (id: string) => queryOptions({ queryKey: ['plugins', id, 'settings'], queryFn: () => api.settings(id) }),
  contracts: () => queryOptions({ queryKey: ['contracts'], queryFn: api.contracts }),
  routes: () => queryOptions({ queryKey: ['routes'], queryFn: api.routes }),
  subscriptions: () => queryOptions({ queryKey: ['subscriptions'], queryFn: api.subscriptions }),
  schedules: () => queryOptions({ queryKey: ['schedules'], queryFn: api.schedules }),
  occurrences: (id: string, from: string, to?: string) =>
    queryOptions({ queryKey: ['schedules', id, 'occurrences', from, to], queryFn: () => api.occurrences(id, from, to) }),
  rules: () => queryOptions({ queryKey: ['rules'], queryFn: api.rules }),
  rule: (id: string) => queryOptions({ queryKey: ['rules', id], queryFn: () => api.rule(id) }),
  ruleDecisions: (id: string) => queryOptions({ queryKey: ['rules', id, 'decisions'], queryFn: () => api.ruleDecisions(id) }),
  route: (plugin: string, route: string) => queryOptions({ queryKey: ['routes', plugin, route], queryFn: () => api.route(plugin, route) }),
  map: () => queryOptions({ queryKey: ['map'], queryFn: api.map }),
  metrics: (minutes: number) =>
    queryOptions({ queryKey: ['metrics', minutes], queryFn: () => api.metrics(minutes), placeholderData: keepPreviousData }),
  scheduleDays: (from: string, to: string) =>
    queryOptions({ queryKey: ['schedules', 'days', from, to], queryFn: () => api.scheduleDays(from, to) }),
  calendar: (year: number) => queryOptions({ queryKey: ['calendar', year], queryFn: () => api.calendar(year), staleTime: Infinity }),
  units: () => queryOptions({ queryKey: ['units'], queryFn: api.units }),
  forms: () => queryOptions({ queryKey: ['forms'], queryFn: api.forms }),
  report: (form: string, period: string, unit: string | undefined) =>
    queryOptions({ queryKey: ['report', form, period, unit], queryFn: () => api.report(form, period, unit) }),
  facets: (query: FlowQuery) => queryOptions({ queryKey: ['facets', query], queryFn: () => api.facets(query), staleTime: 15_000 }),
  causes: (query: FlowQuery) => queryOptions({ queryKey: ['causes', query], queryFn: () => api.causes(query), staleTime: 15_000 }),
  /** The newest flow of a group of causes, which says in words what the group's name does not. */
  newestOf: (cause: string) => queryOptions({
    queryKey: ['payload', 'newest-of', cause], queryFn: () => api.records({ cause, limit: 1 }).then((page) => page.records[0] ?? null), staleTime: Infinity,
  }),
  replays: () => queryOptions({ queryKey: ['replays'], queryFn: api.replays }),
  replay: (id: number) => queryOptions({ queryKey: ['replays', id], queryFn: () => api.replay(id) }),
  replayFailures: (id: number) => queryOptions({ queryKey: ['replays', id, 'failures'], queryFn: () => api.replayFailures(id) }),
  views: () => queryOptions({ queryKey: ['views'], queryFn: api.views, staleTime: 30_000 }),
  record: (id: string) => queryOptions({ queryKey: ['record', id], queryFn: () => api.record(id) }),
  contentSearch: (id: number) => queryOptions({ queryKey: ['content-search', id], queryFn: () => api.contentSearch(id), retry: false }),
  children: (id: string) => queryOptions({ queryKey: ['children', id], queryFn: () => api.children(id) }),
  replaysOf: (id: string) => queryOptions({ queryKey: ['record', id, 'replays'], queryFn: () => api.replaysOf(id) }),
  payloads: (id: string) => queryOptions({ queryKey: ['record', id, 'payloads'], queryFn: () => api.payloads(id) }),
  payloadContent: (id: string, index: number) =>
    queryOptions({ queryKey: ['payload', id, index], queryFn: () => api.payloadContent(id, index) }),
  payload: (id: string) => queryOptions({ queryKey: ['payload', id], queryFn: () => api.payload(id) }),
};

/** How things are called in the reader's language. */
export function useNames() {
  const { i18n } = useTranslation();
  const zh = i18n.language === 'zh';
  const units = useQuery(ask.units()).data;
  const contracts = useQuery(ask.contracts()).data;
  const plugins = useQuery(ask.plugins()).data;
  const title = (t: Title) => (zh ? t.zh : t.en);

  return {
    zh,
    title,
    unit: (code: string) => {
      const unit = units?.find((u) => u.code === code);
      return unit ? (zh ? unit.name : unit.nameEn) : code;
    },
    contract: (id: string) => {
      const known = contracts?.find((c) => c.id === id);
      return known ? title(known.title) : id;
    },
    plugin: (id: string) => {
      const known = plugins?.find((p) => p.id === id);
      return known ? title(known.title) : id;
    },
  };
}
