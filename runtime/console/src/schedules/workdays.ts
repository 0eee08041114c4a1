import type { CalendarYear } from '../api/client';
import { plusDays } from '../records/filters';

/** What a day is by the State Council's calendar; `unknown` when its year has no notice, and nothing is guessed. */
export type DayKind = { kind: 'work' | 'off' | 'make-up' | 'unknown'; holiday: string | null };

/** By the notices of a year and of those beside it, which may speak of its first and last days. */
export function kindOf(day: string, years: readonly CalendarYear[]): DayKind {
  if (!years.some((y) => y.known && String(y.year) === day.slice(0, 4))) return { kind: 'unknown', holiday: null };
  const holiday = years.flatMap((y) => y.holidays).find((h) => h.from <= day && day <= h.to);
  if (holiday) return { kind: 'off', holiday: holiday.name };
  if (years.some((y) => y.workdays.includes(day))) return { kind: 'make-up', holiday: null };
  return { kind: weekdayOf(day) >= 5 ? 'off' : 'work', holiday: null };
}

/** 0 for Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The seven days of a day's week, Monday first. */
export function weekOf(day: string): string[] {
  const monday = plusDays(day, -weekdayOf(day));
  return Array.from({ length: 7 }, (_, i) => plusDays(monday, i));
}

/** Whole weeks that hold a day's month. */
export function monthOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weeks: string[][] = [];
  for (let week = weekOf(first); week[0]!.slice(0, 7) <= day.slice(0, 7); week = weekOf(plusDays(week[6]!, 1))) weeks.push(week);
  return weeks;
}

/** The same day so many months away, or the last one of a shorter month. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
