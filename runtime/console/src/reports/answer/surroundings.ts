import { useQuery } from '@tanstack/react-query';
import type { Form } from '../../api/client';
import { askReporting, type AnswerKey, type Typed, type Values } from '../../api/reporting';
import { periodOf, readPeriod, step } from '../periods';
import { compute, groupsOf, type Scope } from './formula';
import { isAsked, plainNumber } from './typing';

/** The period before, as it is written. */
export function before(period: string): string | undefined {
  const read = readPeriod(period);
  return read ? step(read, -1).text : undefined;
}

/** The period of the same name a year before; of a week the one 52 weeks before. */
export function yearBefore(period: string): string | undefined {
  const read = readPeriod(period);
  if (!read) return undefined;
  const first = new Date(`${read.first}T00:00:00Z`);
  if (read.kind === 'week') first.setUTCDate(first.getUTCDate() - 364);
  else first.setUTCFullYear(first.getUTCFullYear() - 1);
  return periodOf(read.kind, first.toISOString().slice(0, 10)).text;
}

/** The newest answer of a unit for a period; of what can't be asked for, nothing. */
export function useNewest(key: AnswerKey, period: string | undefined, enabled = true) {
  return useQuery({ ...askReporting.answer({ ...key, period: period ?? '' }), enabled: enabled && period !== undefined, retry: false }).data?.submissions[0];
}

/** What an answer is checked and computed against. */
export function useSurroundings(key: AnswerKey, form: Form) {
  const groups = new Set(form.indicators.flatMap((i) => (i.formula ? groupsOf(i.formula) : [])));
  const previous = useNewest(key, before(key.period));
  const lastYear = useNewest(key, yearBefore(key.period), groups.has('lastYear'));
  return { previous: previous?.values, lastYear: lastYear?.values };
}

/** For computing: long numbers come as texts. */
function numbersOf(values: Values | undefined): Scope | undefined {
  return values && Object.fromEntries(Object.entries(values).map(([code, value]) => [code, Number(value)]));
}

/** What the formulas and ratios of the form give for what is typed. */
export function computed(form: Form, typed: Typed, around: { previous?: Values | undefined; lastYear?: Values | undefined }): Values {
  const scope: Scope = { factors: form.factors, previous: numbersOf(around.previous), lastYear: numbersOf(around.lastYear) };
  const made: Values = {};
  for (const i of form.indicators.filter(isAsked)) {
    const text = plainNumber(typed[i.code] ?? '');
    const n = text === '' ? (i.optional ? 0 : NaN) : Number(text);
    if (!Number.isNaN(n)) scope[i.code] = n;
  }
  for (const i of form.indicators) {
    const n = i.formula !== null ? compute(i.formula, scope) : null;
    if (n !== null) {
      made[i.code] = n;
      scope[i.code] = n;
    }
  }
  for (const i of form.indicators.filter((x) => x.kind === 'RATIO')) {
    const [above, below] = [scope[i.numerator ?? ''], scope[i.denominator ?? '']];
    if (typeof above === 'number' && typeof below === 'number' && below !== 0) made[i.code] = (above / below) * i.factor;
  }
  return made;
}
