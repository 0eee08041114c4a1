import type { Flow } from '../api/client';

/** A cell that a spreadsheet would take for a formula is made a text: what comes from outside must not be carried out. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n]|^\s+[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const COLUMNS = ['id', 'status', 'contract', 'key', 'unit', 'plugin', 'source', 'sourceType', 'sourceId', 'firstAt', 'lastAt',
  'arrivals', 'hops', 'size', 'causeCode', 'cause'] as const satisfies readonly (keyof Flow)[];

/** Flows as CSV (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8. */
export function csvOf(flows: readonly Flow[]): string {
  const lines = flows.map((flow) => COLUMNS.map((name) => cell(flow[name])).join(','));
  return `\ufeff${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}
