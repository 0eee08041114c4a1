/** The periods of reports, the shortest first. Months, quarters and the like are made of days. */
export const KINDS = ['day', 'week', 'month', 'quarter', 'half-year', 'year'] as const;
export type PeriodKind = (typeof KINDS)[number];

/** A period as the hub writes it (2026-11-22, 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026), with its first and last day. */
export type Period = { kind: PeriodKind; text: string; first: string; last: string };

const DAY_MS = 86_400_000;
const date = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day));
const iso = (d: Date) => d.toISOString().slice(0, 10);
const pad = (n: number) => String(n).padStart(2, '0');

/** The period of a kind that holds a day. Weeks are ISO 8601's: from Monday, and of the year that holds their Thursday. */
export function periodOf(kind: PeriodKind, day: string): Period {
  const at = new Date(`${day}T00:00:00Z`);
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth();
  const months = (text: string, from: number, count: number): Period =>
    ({ kind, text, first: iso(date(year, from, 1)), last: iso(date(year, from + count, 0)) });
  switch (kind) {
    case 'day': return { kind, text: day, first: day, last: day };
    case 'week': {
      const monday = new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS);
      const thursday = new Date(monday.getTime() + 3 * DAY_MS);
      const week = Math.floor((thursday.getTime() - date(thursday.getUTCFullYear(), 0, 1).getTime()) / DAY_MS / 7) + 1;
      return { kind, text: `${thursday.getUTCFullYear()}-W${pad(week)}`, first: iso(monday), last: iso(new Date(monday.getTime() + 6 * DAY_MS)) };
    }
    case 'month': return months(`${year}-${pad(month + 1)}`, month, 1);
    case 'quarter': return months(`${year}-Q${Math.floor(month / 3) + 1}`, Math.floor(month / 3) * 3, 3);
    case 'half-year': return months(`${year}-H${month < 6 ? 1 : 2}`, month < 6 ? 0 : 6, 6);
    case 'year': return months(String(year), 0, 12);
  }
}

/** A written period; null when it is none. */
export function readPeriod(text: string): Period | null {
  const m = /^(\d{4})(?:-(?:W(\d\d)|Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?$/.exec(text);
  if (!m) return null;
  const [, year = '', week, quarter, half, month, day] = m;
  const begin = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  // 2026-02-30 is read as a day of March
  if (Number.isNaN(begin.getTime()) || (day !== undefined && iso(begin) !== text)) return null;
  const found = day ? periodOf('day', text)
    : month ? periodOf('month', `${year}-${month}-01`)
      : half ? periodOf('half-year', `${year}-${half === '1' ? '01' : '07'}-01`)
        : quarter ? periodOf('quarter', `${year}-${pad((Number(quarter) - 1) * 3 + 1)}-01`)
          : week ? periodOf('week', iso(new Date(date(Number(year), 0, 4).getTime() + (Number(week) - 1) * 7 * DAY_MS)))
            : periodOf('year', `${year}-01-01`);
  return found.text === text ? found : null;
}

/** The period before (-1) or after (1). */
export function step(period: Period, by: 1 | -1): Period {
  const edge = new Date(`${by < 0 ? period.first : period.last}T00:00:00Z`);
  return periodOf(period.kind, iso(new Date(edge.getTime() + by * DAY_MS)));
}
