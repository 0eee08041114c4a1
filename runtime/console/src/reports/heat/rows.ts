import type { FormOverview, StandingState } from '../../api/reporting';
import { STATES } from '../states';

export type HeatSearch = {
  unit?: string | undefined;
  to?: string | undefined;
  view?: 'words' | undefined;
  /** Codes of cities whose counties are hidden, with commas between; `all` for every one. */
  closed?: string | undefined;
  /** Only rows that stand so in the last period. */
  only?: StandingState | undefined;
};
type Row = FormOverview['rows'][number];

export const isClosed = (code: string, closed: string | undefined) => closed === 'all' || (closed?.split(',').includes(code) ?? false);

/** Opens or closes one of the cities. */
export function toggled(code: string, closed: string | undefined, cities: readonly string[]): string | undefined {
  const now = closed === 'all' ? [...cities] : closed?.split(',') ?? [];
  const next = now.includes(code) ? now.filter((c) => c !== code) : [...now, code];
  return next.length === 0 ? undefined : next.length === cities.length ? 'all' : next.join(',');
}

/** How deep a row stands below the first. */
export function depths(rows: readonly Row[]): Map<string, number> {
  const depth = new Map<string, number>();
  rows.forEach((r) => depth.set(r.unit.code, r.unit.parent !== null && depth.has(r.unit.parent) ? depth.get(r.unit.parent)! + 1 : 0));
  return depth;
}

/** The rows that have others below them, but for the first: those are opened and closed. */
export function foldable(rows: readonly Row[]): string[] {
  const parents = new Set(rows.map((r) => r.unit.parent));
  return rows.slice(1).filter((r) => parents.has(r.unit.code)).map((r) => r.unit.code);
}

/** What is to be seen: nothing below what is closed; when only one state is asked for, what stands so, wherever it is. */
export function shownRows({ rows }: FormOverview, { closed, only }: HeatSearch): Row[] {
  if (only) return rows.filter((r, i) => i === 0 || r.cells.at(-1)?.state === only);
  const hidden = new Set<string>();
  return rows.filter((r) => {
    const parent = r.unit.parent ?? '';
    const away = hidden.has(parent) || (parent !== rows[0]?.unit.code && isClosed(parent, closed) && rows.some((x) => x.unit.code === parent));
    if (away) hidden.add(r.unit.code);
    return !away;
  });
}

/** Without the periods at the beginning that were never opened: nobody was asked then. */
export function sinceOpened(data: FormOverview): FormOverview {
  const first = data.periods.findIndex((p) => p.opened);
  return first <= 0 ? data : { ...data, periods: data.periods.slice(first), rows: data.rows.map((r) => ({ ...r, cells: r.cells.slice(first) })) };
}

/** How many bureaus below the first stand how in the last period. */
export function countsOf({ rows }: FormOverview): Record<StandingState, number> {
  const counts = Object.fromEntries(STATES.map((s) => [s, 0])) as Record<StandingState, number>;
  rows.slice(1).forEach((r) => {
    const state = r.cells.at(-1)?.state;
    if (state) counts[state]++;
  });
  return counts;
}
