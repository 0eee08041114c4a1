import type { AuditEntry } from '../api/client';

/** What is audited, under the hub's names. */
export const ACTS = ['payload-unmask', 'payload-download', 'record-mend', 'replay-start', 'replay-pause', 'replay-resume', 'replay-stop', 'content-search-start',
  'content-search-stop', 'view-keep', 'view-remove', 'plugin-install', 'plugin-remove', 'plugin-rollback', 'plugin-stop', 'plugin-start', 'plugin-settings',
  'plugin-settings-restore', 'route-stop', 'route-start', 'schedule-run', 'schedule-backfill', 'schedule-pause', 'schedule-resume', 'report-hand-in', 'report-accept',
  'report-return', 'report-lock', 'report-exception', 'report-recount', 'report-move', 'report-dispute', 'report-dispute-answer', 'report-dispute-withdraw',
  'unit-import', 'log-in', 'log-out'] as const;
export type Act = (typeof ACTS)[number];

export function actOf(name: string): Act | undefined {
  return ACTS.find((act) => act === name);
}

/** Where the object of an entry stands in the console. */
export type Place =
  | { to: 'record'; id: string }
  | { to: 'replay'; id: string }
  | { to: 'plugin'; id: string; route?: string }
  | { to: 'schedule'; plugin: string; name: string };

export function placeOf({ act, object }: Pick<AuditEntry, 'act' | 'object'>): Place | undefined {
  if (object === null) return undefined;
  const [first = '', second = ''] = object.split('/');
  if (act.startsWith('payload-') || act.startsWith('record-')) return { to: 'record', id: first };
  if (act.startsWith('replay-')) return { to: 'replay', id: first };
  if (act.startsWith('plugin-')) return { to: 'plugin', id: first };
  if (act.startsWith('route-')) return { to: 'plugin', id: first, route: second };
  return act.startsWith('schedule-') ? { to: 'schedule', plugin: first, name: second } : undefined;
}
