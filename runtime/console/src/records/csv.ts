import type { Flow } from '../api/client';

/** A cell that a spreadsheet would take for a formula is made a text: what comes from outside must not be carried out. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@＝＋－＠\t\r\n]|^\s+[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const COLUMNS = ['id', 'status', 'contract', 'key', 'unit', 'plugin', 'source', 'sourceType', 'sourceId', 'firstAt', 'lastAt',
  'arrivals', 'hops', 'size', 'causeCode', 'cause'] as const satisfies readonly (keyof Flow)[];

/** The first line of a file (RFC 4180), behind a byte order mark, by which spreadsheets know UTF-8. */
export const CSV_HEAD = `\ufeff${COLUMNS.join(',')}\r\n`;

/** Flows as lines of such a file. */
export function csvLines(flows: readonly Flow[]): string {
  return flows.map((flow) => `${COLUMNS.map((name) => cell(flow[name])).join(',')}\r\n`).join('');
}
