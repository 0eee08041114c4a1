import { exactly, NUMBER } from '../../api/exact';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A difference of two JSON values at a place; `before` or `after` is undefined where there is nothing. */
export type Difference = { path: string; before: Json | undefined; after: Json | undefined };

const isObject = (v: Json | undefined): v is { [key: string]: Json } => typeof v === 'object' && v !== null && !Array.isArray(v);

/** What differs, place by place (JSON pointers), in the order of the earlier value; what is only in the later one comes last. */
export function differences(before: Json | undefined, after: Json | undefined, path = ''): Difference[] {
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .flatMap((key) => differences(before[key], after[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i)
      .flatMap((i) => differences(before[i], after[i], `${path}/${i}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

/** A JSON text, or undefined when it is none. */
export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The same for eyes: numbers that a double would round are texts behind the mark `NUMBER`. */
export function readExactly(text: string): Json | undefined {
  return readJson(exactly(text, NUMBER));
}
