import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Overview } from './overview/Overview';
import { Frame } from './Frame';
import { Lost } from './parts/Lost';
import { readFilters } from './records/filters';
import type { HeatSearch } from './reports/heat/rows';
import { STATES } from './reports/states';

/** One text of a URL's search; whatever else stands there is as good as nothing. */
function text(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function dayIn(search: Record<string, unknown>, name: string): string | undefined {
  const day = text(search, name);
  return day && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

function oneOf<T extends string>(choices: readonly T[], value: string | undefined): T | undefined {
  return choices.find((choice) => choice === value);
}

export const MAP_VIEWS = ['picture', 'table'] as const;
export const CHART_SPANS = ['hour', 'quarter', 'day'] as const;
/** Of the first page: what the map shows and how, and over which time the charts go. */
export type OverviewSearch = { plugin?: string | undefined; map?: (typeof MAP_VIEWS)[number] | undefined; span?: (typeof CHART_SPANS)[number] | undefined };

export const TABS = ['state', 'routes', 'log', 'settings', 'versions', 'history'] as const;
export type Tab = (typeof TABS)[number];
export const RULE_TABS = ['table', 'decisions', 'lab'] as const;
export const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
/** The part of a plugin that is shown; of its routes the one, of its log which lines. */
export type PluginSearch = {
  tab?: Tab | undefined;
  route?: string | undefined;
  level?: (typeof LEVELS)[number] | undefined;
  q?: string | undefined;
};
export const CALENDAR_VIEWS = ['month', 'week', 'list'] as const;
export type CalendarSearch = { view?: (typeof CALENDAR_VIEWS)[number] | undefined; day?: string | undefined };

const root = createRootRoute({ component: Frame, notFoundComponent: Lost });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search: Record<string, unknown>): OverviewSearch => some({
    plugin: text(search, 'plugin'), map: oneOf(MAP_VIEWS, text(search, 'map')), span: oneOf(CHART_SPANS, text(search, 'span')),
  }),
  component: Overview,
});

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./records/Records'), 'Records'),
});

const linked = createRoute({
  getParentRoute: () => root,
  path: '/l/$id',
  component: lazyRouteComponent(() => import('./records/Linked'), 'Linked'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/records/$id',
  validateSearch: (search: Record<string, unknown>): { show?: string | undefined; diff?: '1' | undefined } => {
    const show = text(search, 'show');
    return { ...(show ? { show } : {}), ...(search.diff === '1' ? { diff: '1' as const } : {}) };
  },
  component: lazyRouteComponent(() => import('./record/Record'), 'Record'),
});

const mend = createRoute({
  getParentRoute: () => root,
  path: '/records/$id/mend',
  component: lazyRouteComponent(() => import('./record/Mend'), 'Mend'),
});

const trouble = createRoute({
  getParentRoute: () => root,
  path: '/trouble',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./trouble/Trouble'), 'Trouble'),
});

const contentSearch = createRoute({
  getParentRoute: () => root,
  path: '/searches/$id',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./records/ContentSearch'), 'ContentSearch'),
});

const replays = createRoute({
  getParentRoute: () => root,
  path: '/replays',
  component: lazyRouteComponent(() => import('./replays/Replays'), 'Replays'),
});

const replay = createRoute({
  getParentRoute: () => root,
  path: '/replays/$id',
  component: lazyRouteComponent(() => import('./replays/Replay'), 'Replay'),
});

/** Which entries of the audit; days are the hub's. */
export type AuditSearch = { act?: string | undefined; object?: string | undefined; who?: string | undefined; from?: string | undefined; to?: string | undefined };

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch => some({
    act: text(search, 'act'), object: text(search, 'object'), who: text(search, 'who'), from: dayIn(search, 'from'), to: dayIn(search, 'to'),
  }),
  component: lazyRouteComponent(() => import('./audit/Audit'), 'Audit'),
});

const plugins = createRoute({
  getParentRoute: () => root,
  path: '/plugins',
  component: lazyRouteComponent(() => import('./plugins/Plugins'), 'Plugins'),
});

const plugin = createRoute({
  getParentRoute: () => root,
  path: '/plugins/$id',
  validateSearch: (search: Record<string, unknown>): PluginSearch => {
    const level = oneOf(LEVELS, text(search, 'level'));
    const all: PluginSearch = { tab: oneOf(TABS, text(search, 'tab')), route: text(search, 'route'), level, q: text(search, 'q') };
    return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined));
  },
  component: lazyRouteComponent(() => import('./plugins/Plugin'), 'Plugin'),
});

const schedules = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
  validateSearch: (search: Record<string, unknown>): CalendarSearch => {
    const all: CalendarSearch = { view: oneOf(CALENDAR_VIEWS, text(search, 'view')), day: dayIn(search, 'day') };
    return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined));
  },
  component: lazyRouteComponent(() => import('./schedules/Schedules'), 'Schedules'),
});

const schedule = createRoute({
  getParentRoute: () => root,
  path: '/schedules/$plugin/$name',
  component: lazyRouteComponent(() => import('./schedules/Schedule'), 'Schedule'),
});

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('./rules/Rules'), 'Rules'),
});

type RuleSearch = { tab?: (typeof RULE_TABS)[number] | undefined; way?: string | undefined; from?: number | undefined; record?: string | undefined };

const rule = createRoute({
  getParentRoute: () => root,
  path: '/rules/$plugin/$name',
  validateSearch: (search: Record<string, unknown>): RuleSearch => {
    const tab = oneOf(RULE_TABS, text(search, 'tab'));
    const from = Number(search.from);
    const [way, record] = [text(search, 'way'), text(search, 'record')];
    return { ...(tab && { tab }), ...(way && { way }), ...(from > 0 && { from }), ...(record && { record }) };
  },
  component: lazyRouteComponent(() => import('./rules/Rule'), 'Rule'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: (search: Record<string, unknown>) => some({ unit: text(search, 'unit') }),
  component: lazyRouteComponent(() => import('./reports/Reports'), 'Reports'),
});

/** What stands in an address; what doesn't is left out of it. */
function some<T extends Record<string, unknown>>(all: T): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)) as Partial<T>;
}

function number(search: Record<string, unknown>, name: string): number | undefined {
  const value = Number(search[name]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reports/reviews',
  validateSearch: (search: Record<string, unknown>) => some({ unit: text(search, 'unit'), form: text(search, 'form'), item: text(search, 'item') }),
  component: lazyRouteComponent(() => import('./reports/inbox/Inbox'), 'Inbox'),
});

const units = createRoute({
  getParentRoute: () => root,
  path: '/reports/units',
  component: lazyRouteComponent(() => import('./reports/units/UnitsPage'), 'UnitsPage'),
});

const heat = createRoute({
  getParentRoute: () => root,
  path: '/reports/$form',
  validateSearch: (search: Record<string, unknown>): HeatSearch => some({
    unit: text(search, 'unit'), to: text(search, 'to'), view: oneOf(['words'] as const, text(search, 'view')), closed: text(search, 'closed'), only: oneOf(STATES, text(search, 'only')),
  }),
  component: lazyRouteComponent(() => import('./reports/heat/Heat'), 'Heat'),
});

export const REPORT_VIEWS = ['table', 'compare', 'tiles', 'trend', 'groups', 'forecast', 'feedback'] as const;
export type ReportView = (typeof REPORT_VIEWS)[number];

/** A report: whose, in which view, and what of it stands open. */
type ReportSearch = {
  unit?: string | undefined;
  view?: ReportView | undefined;
  /** The number that is opened, and for which unit. */
  cell?: string | undefined;
  at?: string | undefined;
  restated?: '1' | undefined;
  indicator?: string | undefined;
  /** Of the trend, with commas between. */
  indicators?: string | undefined;
  by?: string | undefined;
  of?: 'change' | 'changeOfPrevious' | undefined;
  risk?: string | undefined;
  /** Of the columns, where there are many units. */
  page?: number | undefined;
};

const report = createRoute({
  getParentRoute: () => root,
  path: '/reports/$form/$period',
  validateSearch: (search: Record<string, unknown>): ReportSearch => some({
    unit: text(search, 'unit'), view: oneOf(REPORT_VIEWS, text(search, 'view')), cell: text(search, 'cell'), at: text(search, 'at'),
    restated: oneOf(['1'] as const, text(search, 'restated')), indicator: text(search, 'indicator'), indicators: text(search, 'indicators'), by: text(search, 'by'),
    of: oneOf(['change', 'changeOfPrevious'] as const, text(search, 'of')), risk: text(search, 'risk'), page: number(search, 'page'),
  }),
  component: lazyRouteComponent(() => import('./reports/Report'), 'Report'),
});

export const ANSWER_TABS = ['form', 'file', 'history'] as const;

const answer = createRoute({
  getParentRoute: () => root,
  path: '/reports/$form/$period/answer/$unit',
  validateSearch: (search: Record<string, unknown>) => some({ tab: oneOf(ANSWER_TABS, text(search, 'tab')), a: number(search, 'a'), b: number(search, 'b') }),
  component: lazyRouteComponent(() => import('./reports/answer/Answer'), 'Answer'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, records, linked, record, mend, trouble, contentSearch, replays, replay, audit, plugins, plugin, schedules, schedule,
    rules, rule, reports, reviews, units, heat, report, answer]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // plain texts: a unit's code stays 510100 in the address, and links can be written by hand
  parseSearch: (search) => {
    const given = new URLSearchParams(search);
    return Object.fromEntries([...new Set(given.keys())].map((name) => [name, given.getAll(name).length > 1 ? given.getAll(name) : given.get(name)!]));
  },
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const written = new URLSearchParams(given.flatMap(([name, value]) =>
      (name === 'field' && Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]))).toString();
    return written ? `?${written}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
