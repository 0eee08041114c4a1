/** The last second of a day as the hub's clock counts it, wherever the reader is: `2026-11-22` in Asia/Shanghai is 2026-11-22T15:59:59Z. */
export function endOfDay(day: string, zone: string | undefined): string {
  const wanted = Date.parse(`${day}T23:59:59Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  // how far the zone is ahead then
  const ahead = Date.parse(`${shown.format(new Date(wanted)).replace(' ', 'T')}Z`) - wanted;
  return new Date(wanted - ahead).toISOString();
}
