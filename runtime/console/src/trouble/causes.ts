import { useTranslation } from 'react-i18next';
import texts from '../../../web/src/main/resources/org/yuzui/web/causes.zh.json';

const CODES: Readonly<Record<string, string>> = texts.codes;
const PROBLEMS: Readonly<Record<string, string>> = texts.problems;
const SENTENCES = (texts.sentences as [string, string][]).map(([pattern, said]) => [new RegExp(pattern, 'g'), said] as const);
/** Three English words one after the other: something is left that no sentence here knows. */
const ENGLISH = /[A-Za-z']{2,} [A-Za-z']{2,} [A-Za-z']{2,}/;
/** `answered-ae`: what another system answered is part of the code. */
const ANSWERED = 'answered';
/** `中文。/ English.`, as plugins write that tell a sender in both. */
const BOTH = /^([\s\S]*[\u4e00-\u9fff][。？！]?) ?\/ [A-Z][\s\S]*$/;

/**
 * A cause in the reader's language. Causes are kept as they were said, in English as a rule: in Chinese they are said anew by what is known of
 * their sentences, or at least by their code, with the place that they begin with.
 */
export function causeIn(language: string, code: string | null, cause: string | null): string | null {
  if (!language.startsWith('zh') || cause === null) return cause ?? (language.startsWith('zh') && code ? CODES[code] ?? null : null);
  const both = BOTH.exec(cause);
  if (both) return both[1]!;
  const said = anew(cause);
  if (!ENGLISH.test(said)) return said;
  const known = code === null ? undefined : CODES[code.startsWith(ANSWERED) ? ANSWERED : code] ?? PROBLEMS[code];
  if (known === undefined) return cause;
  const place = /^([^:：]{1,80})(?:: |：)/.exec(said)?.[1];
  return place && !ENGLISH.test(place) ? `${place}：${known}` : known;
}

const anew = (text: string) => SENTENCES.reduce((said, [pattern, zh]) => said.replace(pattern, zh), text);

/**
 * A problem of the hub or of a call in the reader's language: in Chinese by its sentences or else by its code, and then with what was said, where names
 * and numbers stand.
 */
export function problemIn(language: string, problem: { code: string; message: string; cure: string | null }): { said: string; original: string | null } {
  const original = [problem.message, problem.cure].filter(Boolean).join(' ');
  if (!language.startsWith('zh')) return { said: original, original: null };
  const said = anew(original);
  if (!ENGLISH.test(said)) return { said, original: null };
  const known = PROBLEMS[problem.code] ?? CODES[problem.code];
  return known === undefined ? { said: original, original: null } : { said: `${known}。`, original };
}

/** A cause's code as the reader's language calls it; the code itself where it has no name. */
export function useCodeName() {
  const { i18n } = useTranslation();
  return (code: string): string => (i18n.language.startsWith('zh') ? CODES[code.startsWith(ANSWERED) ? ANSWERED : code] : undefined) ?? code;
}

export function useCauseText() {
  const { i18n } = useTranslation();
  return (of: { causeCode: string | null; cause: string | null }) => causeIn(i18n.language, of.causeCode, of.cause);
}
