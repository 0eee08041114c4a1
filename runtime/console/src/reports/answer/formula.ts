/** Numbers by name; a group such as `factors` holds more of them. */
export type Scope = { [name: string]: number | undefined | Scope };

/**
 * What a formula gives, as far as it is plain arithmetic; null where it is more than that, or something is missing. It is for eyes
 * only: the hub makes the number itself when an answer is handed in.
 */
export function compute(formula: string, scope: Scope): number | null {
  const tokens = formula.match(/\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?|[-+*/()]|\S/gu) ?? [];
  let at = 0;
  const NOTHING = Symbol('nothing');

  const value = (name: string): number => {
    const [group = '', member] = name.split('.');
    const found = member === undefined ? scope[group] : (scope[group] as Scope | undefined)?.[member];
    if (typeof found !== 'number') throw NOTHING;
    return found;
  };
  const factor = (): number => {
    const token = tokens[at++];
    if (token === undefined) throw NOTHING;
    if (token === '-') return -factor();
    if (token === '(') {
      const inner = sum();
      if (tokens[at++] !== ')') throw NOTHING;
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (/^[\p{L}_]/u.test(token) && tokens[at] !== '(') return value(token);
    throw NOTHING;
  };
  const product = (): number => {
    let left = factor();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const times = tokens[at++] === '*';
      const right = factor();
      left = times ? left * right : left / right;
    }
    return left;
  };
  const sum = (): number => {
    let left = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const plus = tokens[at++] === '+';
      const right = product();
      left = plus ? left + right : left - right;
    }
    return left;
  };

  try {
    const result = sum();
    return at === tokens.length && Number.isFinite(result) ? result : null;
  } catch (e) {
    if (e === NOTHING) return null;
    throw e;
  }
}

/** Which groups a formula looks into: `lastYear`, `factors`. */
export function groupsOf(formula: string): string[] {
  return [...formula.matchAll(/([\p{L}_][\p{L}\p{N}_]*)\.[\p{L}_]/gu)].map((m) => m[1]!);
}
