import type { RuleDecision, Trial } from '../api/client';

export type Inputs = { inputs: Record<string, unknown>[] } | { line: number };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What somebody pasted: an object, a list of objects, or an object on each line; otherwise the line that can't be read. */
export function readInputs(text: string): Inputs {
  try {
    const whole: unknown = JSON.parse(text);
    const list = Array.isArray(whole) ? whole : [whole];
    return list.length > 0 && list.every(isObject) ? { inputs: list } : { line: 1 };
  } catch {
    const lines = text.split('\n').map((line, i) => ({ line: line.trim(), number: i + 1 })).filter((l) => l.line !== '');
    if (lines.length > 1 && lines[0]!.line.endsWith('}')) {
      const inputs: Record<string, unknown>[] = [];
      for (const { line, number } of lines) {
        try {
          const value: unknown = JSON.parse(line);
          if (!isObject(value)) return { line: number };
          inputs.push(value);
        } catch {
          return { line: number };
        }
      }
      return { inputs };
    }
    return { line: lineOf(text) };
  }
}

/** The first line with which a text can't go on to be JSON; browsers don't always say where. */
function lineOf(text: string): number {
  const lines = text.split('\n');
  for (let i = 1; i <= lines.length; i++) {
    const begun = lines.slice(0, i).join('\n');
    try {
      JSON.parse(begun);
    } catch (e) {
      const said = e instanceof Error ? e.message : '';
      const position = /position (\d+)/.exec(said);
      const unfinished = /end of (JSON|data)|unterminated/i.test(said) || (position !== null && Number(position[1]) >= begun.trimEnd().length);
      if (!unfinished) return i;
    }
  }
  return lines.length;
}

/** The fields that somebody changed in a recorded input that was shown masked; what was left alone stays as it was recorded. */
export function changesOf(shown: Record<string, unknown>, edited: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(edited).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(shown[key])));
}

/** What a table did with several inputs; inputs are counted from 1. */
export type Coverage = { table: string; asked: number; unmatched: number[]; several: number[]; never: number[] };

export function coverage(results: Trial[]): Coverage[] {
  const tables = new Map<string, Coverage & { hit: Set<number>; rows: number }>();
  results.forEach((result, i) => result.tables.forEach((tried) => {
    const known = tables.get(tried.table)
      ?? { table: tried.table, asked: 0, unmatched: [], several: [], never: [], hit: new Set<number>(), rows: tried.rows.length };
    tables.set(tried.table, known);
    const matched = tried.rows.filter((r) => r.matched);
    known.asked++;
    if (matched.length === 0) known.unmatched.push(i + 1);
    if (matched.length > 1) known.several.push(i + 1);
    matched.forEach((r) => known.hit.add(r.row));
  }));
  return [...tables.values()].map(({ hit, rows, ...c }) => ({
    ...c, never: Array.from({ length: rows }, (_, n) => n + 1).filter((n) => !hit.has(n)),
  }));
}

/** In which way a decision went: the rows that counted, or what refused it. Decisions of one way are told together. */
export function wayOf(decision: RuleDecision): string {
  if (decision.refused) return [decision.refused.code, decision.refused.place].filter(Boolean).join(' ');
  return decision.fired.map((f) => `${f.table} ${f.chosen.length ? f.chosen.join('+') : '–'}`).join(' · ');
}
