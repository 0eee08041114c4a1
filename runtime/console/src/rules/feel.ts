/** One test of a cell, as people say it. */
export type Test =
  | { kind: 'is'; value: string }
  | { kind: 'compare'; sign: string; value: string }
  | { kind: 'range'; from: string; fromIn: boolean; to: string; toIn: boolean };

/** A cell: anything, some tests of which one must hold (or none, when `not`), or FEEL that only its author puts into words. */
export type Cell = { kind: 'any' } | { kind: 'tests'; not: boolean; tests: Test[] } | { kind: 'feel'; text: string };

const SIGNS: Record<string, string> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥', '=': '=', '!=': '≠' };
const TEXT = /^"((?:\\.|[^"\\])*)"$/;
const PLAIN = /^(?:-?\d+(?:\.\d+)?|true|false|null|(?:date|time|duration|date and time|@)\s*\(?\s*"[^"]*"\s*\)?)$/;

/** What a value is called: a text without its quotes, a date without its function. */
export function readValue(text: string): string | undefined {
  const said = TEXT.exec(text);
  if (said) return said[1]!.replaceAll('\\"', '"');
  if (!PLAIN.test(text)) return undefined;
  return /"([^"]*)"/.exec(text)?.[1] ?? text;
}

/** The parts of a list between its commas, those inside texts and brackets aside. */
export function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let begin = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' && text[i - 1] !== '\\') quoted = !quoted;
    else if (!quoted && '([{'.includes(c)) depth++;
    else if (!quoted && ')]}'.includes(c)) depth--;
    else if (!quoted && depth === 0 && c === ',') {
      found.push(text.slice(begin, i).trim());
      begin = i + 1;
    }
  }
  return [...found, text.slice(begin).trim()];
}

function readTest(text: string): Test | undefined {
  const compare = /^(<=|>=|!=|<|>|=)\s*(.+)$/s.exec(text);
  if (compare) {
    const value = readValue(compare[2]!.trim());
    return value === undefined ? undefined : { kind: 'compare', sign: SIGNS[compare[1]!]!, value };
  }
  const range = /^([[(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[])$/s.exec(text);
  if (range) {
    const [from, to] = [readValue(range[2]!), readValue(range[3]!)];
    return from === undefined || to === undefined ? undefined
      : { kind: 'range', from, fromIn: range[1] === '[', to, toIn: range[4] === ']' };
  }
  const value = readValue(text);
  return value === undefined ? undefined : { kind: 'is', value };
}

export function readCell(text: string): Cell {
  const trimmed = text.trim();
  if (trimmed === '-' || trimmed === '') return { kind: 'any' };
  const not = /^not\s*\((.*)\)$/s.exec(trimmed);
  const tests = parts(not ? not[1]! : trimmed).map(readTest);
  return tests.every((t) => t !== undefined) ? { kind: 'tests', not: not !== null, tests: tests as Test[] } : { kind: 'feel', text: trimmed };
}

export type Token = { kind: 'text' | 'number' | 'word' | 'name' | 'sign'; text: string };

const WORDS = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'not', 'between', 'instance', 'of',
  'function', 'true', 'false', 'null']);
const TOKEN = /("(?:\\.|[^"\\])*")|(\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|([^"\p{L}_\d]+)/gsu;

/** FEEL in pieces, to be shown in colours. */
export function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(([all, quoted, number, word]) => ({
    kind: quoted !== undefined ? 'text' : number !== undefined ? 'number' : word !== undefined ? (WORDS.has(word) ? 'word' : 'name') : 'sign',
    text: all,
  }));
}
