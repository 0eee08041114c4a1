import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Overview } from './overview/Overview';
import { Frame } from './Frame';
import { Lost } from './parts/Lost';
import { readFilters } from './records/filters';

/** One text of a URL's search; whatever else stands there is as good as nothing. */
function text(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<T extends string>(choices: readonly T[], value: string | undefined): T | undefined {
  return choices.find((choice) => choice === value);
}

export const TABS = ['state', 'settings', 'versions', 'history'] as const;
export type Tab = (typeof TABS)[number];
export const RULE_TABS = ['table', 'decisions', 'lab'] as const;

const root = createRootRoute({ component: Frame, notFoundComponent: Lost });

const overview = createRoute({ getParentRoute: () => root, path: '/', component: Overview });

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./records/Records'), 'Records'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/records/$id',
  component: lazyRouteComponent(() => import('./record/Record'), 'Record'),
});

const plugins = createRoute({
  getParentRoute: () => root,
  path: '/plugins',
  component: lazyRouteComponent(() => import('./plugins/Plugins'), 'Plugins'),
});

const plugin = createRoute({
  getParentRoute: () => root,
  path: '/plugins/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: Tab | undefined } => {
    const tab = oneOf(TABS, text(search, 'tab'));
    return tab ? { tab } : {};
  },
  component: lazyRouteComponent(() => import('./plugins/Plugin'), 'Plugin'),
});

const schedules = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
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
  component: lazyRouteComponent(() => import('./reports/Reports'), 'Reports'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/reports/$form/$period',
  validateSearch: (search: Record<string, unknown>): { unit?: string | undefined } => {
    const unit = text(search, 'unit');
    return unit ? { unit } : {};
  },
  component: lazyRouteComponent(() => import('./reports/Report'), 'Report'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, records, record, plugins, plugin, schedules, schedule, rules, rule, reports, report]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // plain texts: a unit's code stays 510100 in the address, and links can be written by hand
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const written = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return written ? `?${written}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
