import type { Occurrence } from '../api/client';
import { dayOf, plusDays } from '../records/filters';

/** A day of a schedule: what was due on it, and the gravest state of it; null when nothing was. */
export type Day = { day: string; count: number; state: Occurrence['state'] | null };

const GRAVITY: Occurrence['state'][] = ['SKIPPED', 'DONE', 'DUE', 'RUNNING', 'MISSED', 'FAILED'];

/** The days up to `until` with what was due on each, by when it was due in the hub's zone. */
export function daysOf(occurrences: readonly Occurrence[], until: string, count: number, zone: string | undefined): Day[] {
  return Array.from({ length: count }, (_, i) => plusDays(until, i - count + 1)).map((day) => {
    const due = occurrences.filter((o) => dayOf(new Date(o.dueAt), zone) === day);
    const states = due.map((o) => GRAVITY.indexOf(o.state));
    return { day, count: due.length, state: due.length === 0 ? null : GRAVITY[Math.max(...states)]! };
  });
}
