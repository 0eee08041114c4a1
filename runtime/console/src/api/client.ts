import createClient, { type Middleware } from 'openapi-fetch';
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

/** A call that the hub refused, or that never reached it (then without a problem). */
export class CallError extends Error {
  constructor(readonly problem: Problem | undefined) {
    super(problem?.detail ?? 'unreachable');
  }

  get unauthorized() {
    return this.problem?.status === 401;
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

const client = createClient<paths>();
client.use(guard);

type Answer<T> = { data?: T; error?: unknown };

async function taken<T>(call: Promise<Answer<T>>): Promise<T> {
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

export const api = {
  session: () => taken(client.GET('/api/v1/session')).then(remember),
  logIn: (token: string) => taken(client.POST('/api/v1/session', { body: { token } })).then(remember),
  logOut: () => taken(client.DELETE('/api/v1/session')),
  hub: () => taken(client.GET('/api/v1/hub')),
  plugins: () => taken(client.GET('/api/v1/plugins')).then((a) => a.plugins),
  units: () => taken(client.GET('/api/v1/units')).then((a) => a.units),
  contracts: () => taken(client.GET('/api/v1/contracts')).then((a) => a.contracts),
  latest: (limit: number) =>
    taken(client.GET('/api/v1/records', { params: { query: { limit } } })).then((a) => a.records),
};
