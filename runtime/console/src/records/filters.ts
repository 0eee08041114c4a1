import type { FlowQuery, FlowStatus } from '../api/client';

/** What a list of records can be narrowed to; each stands in the URL under its own name. */
export type Filters = {
  q?: string | undefined;
  key?: string | undefined;
  unit?: string | undefined;
  contract?: string | undefined;
  /** Any of these; in the URL with commas between. */
  status?: FlowStatus[] | undefined;
  plugin?: string | undefined;
  route?: string | undefined;
  causeCode?: string | undefined;
  /** Fields that their contract indexes, and their values: `visit:ZY2026`; all of them. */
  field?: string[] | undefined;
  /** A group of causes. */
  cause?: string | undefined;
  /** A range that moves with the clock. */
  time?: Span | undefined;
  /** A day or an instant; only without `time`. */
  from?: string | undefined;
  to?: string | undefined;
};

export type FilterName = keyof Filters;
export const SPANS = ['hour', 'today', 'yesterday', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];
export const STATUSES: readonly FlowStatus[] = ['ACCEPTED', 'DELIVERED', 'RETRYING', 'DEAD', 'REFUSED', 'IGNORED', 'SETTLED'];
/** What an admin has to do something about. */
export const TROUBLES: FlowStatus[] = ['REFUSED', 'DEAD', 'RETRYING'];
/** What can be sent on again, or dismissed. */
export const STOPPED: FlowStatus[] = ['REFUSED', 'DEAD'];

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads a URL's search; what is not understood is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const span = text('time') as Span | undefined;
  const time = span && SPANS.includes(span) ? span : undefined;
  const moment = (name: string) => {
    const value = time ? undefined : text(name);
    return value && TIME.test(value) ? value : undefined;
  };
  const all: Filters = {
    ...Object.fromEntries(TEXTS.map((name) => [name, text(name)])),
    status: statusesOf(search.status),
    field: fieldsOf(search.field),
    time, from: moment('from'), to: moment('to'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined));
}

const TEXTS = ['q', 'key', 'unit', 'contract', 'plugin', 'route', 'causeCode', 'cause'] as const;

/** One value for each name; the last counts. */
function fieldsOf(value: unknown): string[] | undefined {
  const given = (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v.indexOf(':') > 0).map((v) => v.trim());
  const fields = [...new Map(given.map((f) => [f.slice(0, f.indexOf(':')), f])).values()];
  return fields.length > 0 ? fields : undefined;
}

/** Filters with more of them: a field joins the others, anything else takes the place of what was there. */
export function withMore(filters: Filters, more: Filters): Filters {
  const field = fieldsOf([...(filters.field ?? []), ...(more.field ?? [])]);
  return { ...filters, ...(more.from || more.to ? { time: undefined } : {}), ...more, ...(field ? { field } : {}) };
}

function statusesOf(value: unknown): FlowStatus[] | undefined {
  const words = (Array.isArray(value) ? value : String(value ?? '').split(',')).map((word) => String(word).trim().toUpperCase());
  const known = STATUSES.filter((status) => words.includes(status));
  return known.length > 0 ? known : undefined;
}

/** The filters that are set, in the order in which they are shown; the time range is one of them always. */
export function named(filters: Filters): Exclude<FilterName, 'time' | 'from' | 'to'>[] {
  return (['status', 'cause', 'causeCode', 'contract', 'plugin', 'route', 'unit', 'field', 'key', 'q'] as const)
    .filter((name) => filters[name] !== undefined);
}

export function hasTime({ time, from, to }: Filters): boolean {
  return time !== undefined || from !== undefined || to !== undefined;
}

/** @param one of several fields the one that goes */
export function without(filters: Filters, name: FilterName, one?: string): Filters {
  const rest = { ...filters };
  if (name === 'field' && one !== undefined && rest.field && rest.field.length > 1) return { ...rest, field: rest.field.filter((f) => f !== one) };
  delete rest[name];
  if (name === 'time') {
    delete rest.from;
    delete rest.to;
  }
  return rest;
}

/** The day of an instant as the hub's zone has it: 2026-11-28. */
export function dayOf(instant: Date, zone: string | undefined): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

export function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same search for good: a range that moves is fixed to what it is now, so that a link shows tomorrow what it shows today. */
export function fixed(filters: Filters, now: Date, zone: string | undefined): Filters {
  if (filters.time === undefined) return filters;
  const { from, to } = queryOf({ time: filters.time }, now, zone);
  const rest = without(filters, 'time');
  return { ...rest, from, to: to ?? now.toISOString() };
}

/** What the hub is asked: a range that moves is fixed to the hub's present. */
export function queryOf(filters: Filters, now: Date, zone: string | undefined): FlowQuery {
  const { time, ...rest } = filters;
  const today = dayOf(now, zone);
  switch (time) {
    case undefined: return rest;
    case 'hour': return { ...rest, from: new Date(now.getTime() - 3_600_000).toISOString() };
    case 'today': return { ...rest, from: today };
    case 'yesterday': return { ...rest, from: plusDays(today, -1), to: plusDays(today, -1) };
    case 'week': return { ...rest, from: plusDays(today, -6) };
    case 'month': return { ...rest, from: plusDays(today, -29) };
  }
}
