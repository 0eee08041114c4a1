import type { Hop } from '../api/client';

/** A hop with how long after the arrival it was, and after the one before it, in milliseconds. */
export type Step = { hop: Hop; sinceFirst: number; sinceBefore: number; parallel: boolean };

/**
 * The steps of a flow. Two hops of different subscriptions run beside each other, so what passed since the hop before is of no
 * meaning there (`parallel`).
 */
export function stepsOf(hops: readonly Hop[]): Step[] {
  const first = hops[0] ? new Date(hops[0].at).getTime() : 0;
  return hops.map((hop, i) => {
    const before = hops[i - 1];
    const at = new Date(hop.at).getTime();
    return {
      hop,
      sinceFirst: at - first,
      sinceBefore: before ? at - new Date(before.at).getTime() : 0,
      parallel: before !== undefined && before.subscription !== null && hop.subscription !== null && before.subscription !== hop.subscription,
    };
  });
}

/** Parents of a flow: the flows that its records were made from, each once. What went in again as it was is its own parent, and none here. */
export function parentsOf(flow: string, hops: readonly Hop[]): string[] {
  return [...new Set(hops.map((h) => h.parent).filter((p): p is string => p !== null && p !== flow))];
}

/** The subscriptions that a flow came to, each once; the store is the hub's own, and none that can be chosen. */
export function subscriptionsOf(hops: readonly Hop[]): string[] {
  return [...new Set(hops.filter((h) => h.kind !== 'STORED').map((h) => h.subscription).filter((s): s is string => s !== null))];
}

/** The last time that a delivery failed and was to be tried again. */
export function lastFailure(hops: readonly Hop[]): Hop | undefined {
  return hops.findLast((h) => h.kind === 'RETRIED' && h.cause !== null);
}

/** What somebody did, and no system. */
export const BY_HAND: readonly Hop['kind'][] = ['REPLAYED', 'MENDED', 'DISMISSED'];

/** The number of the replay that a hop was part of; undefined for a deed of its own. */
export function replayOf(hop: Hop): string | undefined {
  return BY_HAND.includes(hop.kind) ? /^replay\/(\d+)$/.exec(hop.source ?? '')?.[1] : undefined;
}
