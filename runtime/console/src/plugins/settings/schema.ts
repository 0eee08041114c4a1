import type { Json } from '../../parts/formats/json';

export type Obj = { [key: string]: Json };
/** A JSON Schema as settings.schema.json writes it, as far as a form makes use of it. */
export type Schema = Obj;

/** How a setting is entered. `json` is everything that no form is made for. */
export type FieldKind = 'group' | 'map' | 'choice' | 'flag' | 'number' | 'text' | 'secret' | 'list' | 'json';

export const SECRET = '***';

export const isObj = (v: Json | undefined): v is Obj => typeof v === 'object' && v !== null && !Array.isArray(v);
export const objOf = (v: Json | undefined): Obj => (isObj(v) ? v : {});

/** Follows a `$ref` within the document; one that leads elsewhere is an empty schema. */
export function resolve(schema: Schema, root: Schema): Schema {
  let at = schema;
  for (let i = 0; i < 10 && typeof at.$ref === 'string'; i++) {
    const path = at.$ref.startsWith('#/') ? at.$ref.slice(2).split('/') : [];
    const target = path.length === 0 ? undefined
      : path.reduce<Json | undefined>((v, key) => objOf(v)[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
    const { $ref: _, ...beside } = at;
    at = { ...objOf(target), ...beside };
  }
  return at;
}

export function kindOf(schema: Schema): FieldKind {
  if (schema['x-secret'] === true) return 'secret';
  if (Array.isArray(schema.enum)) return schema.enum.every((v) => typeof v === 'string' || typeof v === 'number') ? 'choice' : 'json';
  switch (schema.type) {
    case 'object': return isObj(schema.properties) ? 'group' : isObj(schema.additionalProperties) ? 'map' : 'json';
    case 'array': return ['string', 'integer', 'number'].includes(String(objOf(schema.items).type)) ? 'list' : 'json';
    case 'boolean': return 'flag';
    case 'integer':
    case 'number': return 'number';
    case 'string': return 'text';
    default: return 'json';
  }
}

/** The title in a language, else the name. */
export function titleOf(schema: Schema, name: string, zh: boolean): string {
  const title = objOf(schema['x-title'])[zh ? 'zh' : 'en'];
  return typeof title === 'string' ? title : name;
}

/**
 * A merge patch (RFC 7386) that makes `before` into `after`; undefined when there is nothing to do. A secret that still reads
 * *** is not in it: it stays as it is.
 */
export function patchOf(before: Json | undefined, after: Json | undefined): Json | undefined {
  if (after === SECRET) return undefined;
  if (after === undefined) return before === undefined ? undefined : null;
  if (isObj(before) && isObj(after)) {
    const patch: Obj = {};
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const change = patchOf(before[key], after[key]);
      if (change !== undefined) patch[key] = change;
    }
    return Object.keys(patch).length > 0 ? patch : undefined;
  }
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}

/** A typed number, or the text as it stands: `${env:PORT}` is a setting too, and the hub says what is wrong with anything else. */
export function numberOrText(text: string): Json | undefined {
  const clean = text.trim();
  if (clean === '') return undefined;
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(clean) ? Number(clean) : clean;
}
