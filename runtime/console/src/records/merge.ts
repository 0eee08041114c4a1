import type { Flow, FlowPage } from '../api/client';

/**
 * Pages with the newest flows put in: known ones are brought up to date where they stand, new ones go to the front. Null when
 * `newest` doesn't reach down to what is known, so that there may be others between.
 */
export function merge(pages: readonly FlowPage[], newest: FlowPage): FlowPage[] | null {
  const [first, ...rest] = pages;
  if (!first || first.records.length === 0) return newest.next === null ? [newest] : null;
  const fresh = new Map(newest.records.map((flow) => [flow.id, flow]));
  const known = new Set(pages.flatMap((page) => page.records.map((flow) => flow.id)));
  const added = newest.records.filter((flow) => !known.has(flow.id));
  if (added.length === newest.records.length && newest.next !== null) return null;
  const renewed = (flows: Flow[]) => (flows.some((f) => fresh.has(f.id)) ? flows.map((f) => fresh.get(f.id) ?? f) : flows);
  return [{ records: [...added, ...renewed(first.records)], next: first.next },
    ...rest.map((page) => ({ records: renewed(page.records), next: page.next }))];
}

/** How many of the newest flows are not known yet; `more` when there may be further ones. */
export function unseen(pages: readonly FlowPage[], newest: FlowPage): { count: number; more: boolean } {
  const known = new Set(pages.flatMap((page) => page.records.map((flow) => flow.id)));
  const count = newest.records.filter((flow) => !known.has(flow.id)).length;
  return { count, more: count === newest.records.length && newest.next !== null };
}
