import createClient, { type Middleware } from 'openapi-fetch';
import { exactly, NUMBER } from './exact';
import type { components, paths } from './generated';

type Schemas = components['schemas'];
export type Hub = Schemas['Hub'];
export type Plugin = Schemas['Plugin'];
export type Flow = Schemas['Flow'];
export type FlowStatus = Schemas['FlowStatus'];
export type Session = Schemas['Session'];
export type Problem = Schemas['Problem'];
export type Unit = Schemas['Unit'];
export type Contract = Schemas['Contract'];
export type Title = Schemas['Title'];
export type HubProblem = Schemas['HubProblem'];
export type FlowDetail = Schemas['FlowDetail'];
export type Hop = Schemas['Hop'];
export type Version = Schemas['Version'];
export type StoredRecord = Schemas['StoredRecord'];
export type Subscription = Schemas['Subscription'];
export type Route = Schemas['Route'];
export type PluginDetail = Schemas['PluginDetail'];
export type PluginPlan = Schemas['PluginPlan'];
export type PluginEvent = Schemas['PluginEvent'];
export type PluginAction = Schemas['PluginAction'];
export type PlannedChange = Schemas['PlannedChange'];
export type PluginSettings = Schemas['PluginSettings'];
export type KeptVersion = Schemas['KeptVersion'];
export type Schedule = Schemas['Schedule'];
export type Occurrence = Schemas['Occurrence'];
export type Rule = Schemas['Rule'];
export type RuleDetail = Schemas['RuleDetail'];
export type RuleElement = Schemas['RuleElement'];
export type RuleFinding = Schemas['RuleFinding'];
export type RuleDecision = Schemas['RuleDecision'];
export type DecisionTable = Schemas['DecisionTable'];
export type Trial = Schemas['Trial'];
export type TriedTable = Schemas['TriedTable'];
export type Form = Schemas['Form'];
export type Report = Schemas['Report'];
export type Total = Schemas['Total'];
export type Indicator = Schemas['Indicator'];
export type Facets = Schemas['Facets'];
export type Causes = Schemas['Causes'];
export type CauseGroup = Causes['groups'][number];
export type Replay = Schemas['Replay'];
export type ReplayOfFlow = Schemas['ReplayOfFlow'];
export type ReplayRequest = Schemas['ReplayRequest'];
export type ReplayPreview = Schemas['ReplayPreview'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditQuery = NonNullable<NonNullable<paths['/api/v1/audit']['get']['parameters']>['query']>;
export type MendRequest = Schemas['MendRequest'];
export type Payload = Schemas['Payload'];
export type PayloadContent = Schemas['PayloadContent'];
export type DryRun = Schemas['DryRun'];
export type DryRunRequest = Schemas['DryRunRequest'];
export type ContentSearch = Schemas['ContentSearch'];
export type LiveMap = Schemas['Map'];
export type MapNode = LiveMap['nodes'][number];
export type MapEdge = LiveMap['edges'][number];
export type MetricsHistory = Schemas['MetricsHistory'];
export type RouteDetail = Schemas['RouteDetail'];
export type RouteStep = Schemas['RouteStep'];
export type LogLine = Schemas['LogLine'];
export type LogQuery = NonNullable<paths['/api/v1/plugins/{id}/log']['get']['parameters']['query']>;
export type ScheduleDay = Schemas['ScheduleDay'];
export type CalendarYear = Schemas['CalendarYear'];
export type Backfill = Schemas['Backfill'];
export type BackfillRequest = Schemas['BackfillRequest'];
export type FlowQuery = NonNullable<paths['/api/v1/records']['get']['parameters']['query']>;
export type FlowPage = { records: Flow[]; next: string | null };

/** A call that the hub refused, or that never reached it (then without a problem). */
export class CallError extends Error {
  constructor(readonly problem: Problem | undefined) {
    super(problem?.detail ?? 'unreachable');
  }

  get unauthorized() {
    return this.problem?.status === 401;
  }

  /** What would be touched outside the plugin, when the hub waits for that to be accepted by name. */
  get plan(): PluginPlan | undefined {
    return (this.problem as { plan?: PluginPlan } | undefined)?.plan;
  }

  /** Everything that is wrong with a unit file that could not be taken. */
  get unitProblems(): Schemas['UnitProblem'][] | undefined {
    return (this.problem as { problems?: Schemas['UnitProblem'][] } | undefined)?.problems;
  }

  /** Everything that is wrong with an answer that could not be taken. */
  get failures(): Schemas['SubmissionFailure'][] | undefined {
    return (this.problem as { failures?: Schemas['SubmissionFailure'][] } | undefined)?.failures;
  }
}

/** Known after log-in; kept in memory only. */
let csrf: string | null = null;

const guard: Middleware = {
  onRequest({ request }) {
    if (csrf && request.method !== 'GET') request.headers.set('X-Yuzui-Csrf', csrf);
    return request;
  },
};

/** The figures of reports, and what a record says: not one digit of them may be lost on the way to the page. */
const FIGURES = /^\/api\/v1\/(reports|submissions|forms|reviews|feedback|disputes)\b/;
const STORED = /^\/api\/v1\/records\/[^/]+\/payload$/;

const exact: Middleware = {
  async onResponse({ request, response }) {
    const { pathname } = new URL(request.url);
    const mark = FIGURES.test(pathname) ? '' : STORED.test(pathname) ? NUMBER : undefined;
    if (mark === undefined || !response.ok || !response.headers.get('content-type')?.startsWith('application/json')) return undefined;
    const text = await response.text();
    return new Response(exactly(text, mark), { status: response.status, headers: response.headers });
  },
};

export const client = createClient<paths>();
client.use(guard, exact);

type Answer<T> = { data?: T; error?: unknown };

export async function taken<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new CallError(undefined);
  }
  if (answer.error !== undefined) throw new CallError(isProblem(answer.error) ? answer.error : undefined);
  return answer.data as T;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}

function remember(session: Session) {
  csrf = session.csrf;
  return session;
}

/** A change of a plugin: asked about with `dryRun`, or done with what is accepted outside the plugin. */
export type Mandate = { dryRun: true } | { dryRun?: false; accept: string[] };

const JAR = 'application/octet-stream';
/** As many replays as are listed. */
export const REPLAYS = 100;
export const asIs = (body: unknown) => body as BodyInit;

export const api = {
  session: () => taken(client.GET('/api/v1/session')).then(remember),
  logIn: (token: string) => taken(client.POST('/api/v1/session', { body: { token } })).then(remember),
  logOut: () => taken(client.DELETE('/api/v1/session')),
  hub: () => taken(client.GET('/api/v1/hub')),

  plugins: () => taken(client.GET('/api/v1/plugins')).then((a) => a.plugins),
  plugin: (id: string) => taken(client.GET('/api/v1/plugins/{id}', { params: { path: { id } } })),
  versions: (id: string) =>
    taken(client.GET('/api/v1/plugins/{id}/versions', { params: { path: { id } } })).then((a) => a.versions),
  history: (id: string, before?: number) =>
    taken(client.GET('/api/v1/plugins/{id}/history', { params: { path: { id }, query: { before, limit: 20 } } })),
  pluginEvent: (id: string, number: number) =>
    taken(client.GET('/api/v1/plugins/{id}/history/{number}', { params: { path: { id, number } } })),
  settings: (id: string) => taken(client.GET('/api/v1/plugins/{id}/settings', { params: { path: { id } } })),

  install: (file: File, query: Mandate) => taken(client.POST('/api/v1/plugins', {
    params: { query: { ...query, fileName: file.name } }, headers: { 'Content-Type': JAR }, body: file as never, bodySerializer: asIs,
  })),
  remove: (id: string, query: Mandate) => taken(client.DELETE('/api/v1/plugins/{id}', { params: { path: { id }, query } })),
  stop: (id: string, query: Mandate) => taken(client.POST('/api/v1/plugins/{id}/stop', { params: { path: { id }, query } })),
  start: (id: string, query: Mandate) => taken(client.POST('/api/v1/plugins/{id}/start', { params: { path: { id }, query } })),
  rollBack: (id: string, version: string, query: Mandate) =>
    taken(client.POST('/api/v1/plugins/{id}/rollback', { params: { path: { id }, query }, body: { version } })),
  configure: (id: string, patch: Record<string, unknown>, query: Mandate) =>
    taken(client.POST('/api/v1/plugins/{id}/settings', {
      params: { path: { id }, query }, headers: { 'Content-Type': 'application/merge-patch+json' }, body: patch as never,
    })),
  restoreSettings: (id: string, revision: number, query: Mandate) =>
    taken(client.POST('/api/v1/plugins/{id}/settings/restore', { params: { path: { id }, query }, body: { revision } })),

  contracts: () => taken(client.GET('/api/v1/contracts')).then((a) => a.contracts),
  routes: () => taken(client.GET('/api/v1/routes')).then((a) => a.routes),
  route: (plugin: string, route: string) => taken(client.GET('/api/v1/routes/{plugin}/{route}', { params: { path: { plugin, route } } })),
  stopRoute: (plugin: string, route: string, reason: string | null) =>
    taken(client.POST('/api/v1/routes/{plugin}/{route}/stop', { params: { path: { plugin, route } }, body: { reason } })),
  startRoute: (plugin: string, route: string) =>
    taken(client.POST('/api/v1/routes/{plugin}/{route}/start', { params: { path: { plugin, route } }, body: {} })),
  log: (id: string, query: LogQuery) => taken(client.GET('/api/v1/plugins/{id}/log', { params: { path: { id }, query } })),
  map: () => taken(client.GET('/api/v1/map')),
  metrics: (minutes: number) => taken(client.GET('/api/v1/metrics-history', { params: { query: { minutes } } })),
  subscriptions: () => taken(client.GET('/api/v1/subscriptions')).then((a) => a.subscriptions),

  records: (query: FlowQuery, signal?: AbortSignal): Promise<FlowPage> =>
    taken(client.GET('/api/v1/records', { params: { query }, signal })),
  facets: (query: FlowQuery) => taken(client.GET('/api/v1/record-facets', { params: { query } })),
  causes: (query: FlowQuery) => taken(client.GET('/api/v1/causes', { params: { query } })),
  record: (id: string) => taken(client.GET('/api/v1/records/{id}', { params: { path: { id } } })),
  payload: (id: string) => taken(client.GET('/api/v1/records/{id}/payload', { params: { path: { id } } })),

  children: (id: string) =>
    taken(client.GET('/api/v1/records/{id}/children', { params: { path: { id }, query: { limit: 100 } } })),
  replaysOf: (id: string) =>
    taken(client.GET('/api/v1/records/{id}/replays', { params: { path: { id }, query: { limit: REPLAYS } } })).then((a) => a.replays),
  payloads: (id: string) => taken(client.GET('/api/v1/records/{id}/payloads', { params: { path: { id } } })).then((a) => a.payloads),
  payloadContent: (id: string, index: number) =>
    taken(client.GET('/api/v1/records/{id}/payloads/{index}', { params: { path: { id, index }, query: {} } })),
  unmask: (id: string, index: number, reason: string, bytes?: number) =>
    taken(client.POST('/api/v1/records/{id}/payloads/{index}/unmask', { params: { path: { id, index }, query: { bytes } }, body: { reason } })),
  rawPayload: (id: string, index: number, reason: string) =>
    `/api/v1/records/${id}/payloads/${index}/raw?${new URLSearchParams({ reason }).toString()}`,
  dryRun: (body: DryRunRequest) => taken(client.POST('/api/v1/replays/dry-run', { body })),
  askContentSearch: (query: FlowQuery, text: string) =>
    taken(client.POST('/api/v1/content-searches', { params: { query }, body: { text } })),
  contentSearch: (id: number) => taken(client.GET('/api/v1/content-searches/{id}', { params: { path: { id } } })),
  turnContentSearch: (id: number, turn: 'start' | 'stop') =>
    taken(client.POST(`/api/v1/content-searches/{id}/${turn}`, { params: { path: { id } } })),
  mend: (id: string, body: MendRequest) => taken(client.POST('/api/v1/records/{id}/mend', { params: { path: { id } }, body })),

  replays: () => taken(client.GET('/api/v1/replays', { params: { query: { limit: REPLAYS } } })).then((a) => a.replays),
  replay: (id: number) => taken(client.GET('/api/v1/replays/{id}', { params: { path: { id } } })),
  replayFailures: (id: number) =>
    taken(client.GET('/api/v1/replays/{id}/failures', { params: { path: { id }, query: { limit: 200 } } })).then((a) => a.failures),
  previewReplay: (query: FlowQuery, body: ReplayRequest) =>
    taken(client.POST('/api/v1/replays', { params: { query: { ...query, dryRun: true } }, body })) as Promise<ReplayPreview>,
  startReplay: (query: FlowQuery, body: ReplayRequest) =>
    taken(client.POST('/api/v1/replays', { params: { query }, body })) as Promise<Replay>,
  turnReplay: (id: number, turn: 'pause' | 'resume' | 'stop') =>
    taken(client.POST(`/api/v1/replays/{id}/${turn}`, { params: { path: { id } } })),

  audit: (query: AuditQuery) => taken(client.GET('/api/v1/audit', { params: { query } })),
  /** The same search has the same link, and it never ends. */
  keepLink: (search: string) => taken(client.POST('/api/v1/links', { body: { search } })).then((a) => a.id),
  link: (id: string) => taken(client.GET('/api/v1/links/{id}', { params: { path: { id } } })).then((a) => a.search),
  views: () => taken(client.GET('/api/v1/views')).then((a) => a.views),
  keepView: (name: string, search: string) => taken(client.POST('/api/v1/views', { body: { name, search } })),
  removeView: (name: string) => taken(client.DELETE('/api/v1/views', { params: { query: { name } } })),

  schedules: () => taken(client.GET('/api/v1/schedules')).then((a) => a.schedules),
  occurrences: (id: string, from?: string, to?: string) =>
    taken(client.GET('/api/v1/schedules/{plugin}/{name}/occurrences', { params: { path: split(id), query: { from, to } } }))
      .then((a) => a.occurrences),
  runSchedule: (id: string, day: string | null) =>
    taken(client.POST('/api/v1/schedules/{plugin}/{name}/run', { params: { path: split(id) }, body: { day } })),

  rules: () => taken(client.GET('/api/v1/rules')).then((a) => a.rules),
  rule: (id: string) => taken(client.GET('/api/v1/rules/{plugin}/{name}', { params: { path: split(id) } })),
  ruleDecisions: (id: string) =>
    taken(client.GET('/api/v1/rules/{plugin}/{name}/decisions', { params: { path: split(id), query: { limit: 500 } } })).then((a) => a.decisions),
  tryRule: (id: string, inputs: Record<string, unknown>[], decision: string | null) =>
    taken(client.POST('/api/v1/rules/{plugin}/{name}/evaluate', { params: { path: split(id) }, body: { inputs: inputs as never[], decision } }))
      .then((a) => a.results),
  tryRuleAgain: (id: string, recorded: number, changes: Record<string, unknown>) =>
    taken(client.POST('/api/v1/rules/{plugin}/{name}/evaluate', { params: { path: split(id) }, body: { recorded, changes: changes as never } }))
      .then((a) => a.results),
  pauseSchedule: (id: string, reason: string | null) =>
    taken(client.POST('/api/v1/schedules/{plugin}/{name}/pause', { params: { path: split(id) }, body: { reason } })),
  resumeSchedule: (id: string) =>
    taken(client.POST('/api/v1/schedules/{plugin}/{name}/resume', { params: { path: split(id) }, body: {} })),
  backfill: (id: string, range: BackfillRequest, dryRun: boolean) =>
    taken(client.POST('/api/v1/schedules/{plugin}/{name}/backfill', { params: { path: split(id), query: { dryRun } }, body: range })),
  scheduleDays: (from: string, to: string) => taken(client.GET('/api/v1/schedule-days', { params: { query: { from, to } } })),
  calendar: (year: number) => taken(client.GET('/api/v1/calendar/{year}', { params: { path: { year } } })),

  units: () => taken(client.GET('/api/v1/units')).then((a) => a.units),
  forms: () => taken(client.GET('/api/v1/forms')).then((a) => a.forms),
  report: (form: string, period: string, unit?: string) =>
    taken(client.GET('/api/v1/reports/{form}/{period}', { params: { path: { form, period }, query: { unit } } })),
};

/** `his/daily-summary`: the plugin and the name of a schedule or a rule. */
function split(id: string) {
  const slash = id.indexOf('/');
  return { plugin: id.slice(0, slash), name: id.slice(slash + 1) };
}
