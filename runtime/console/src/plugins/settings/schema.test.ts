import { describe, expect, it } from 'vitest';
import { kindOf, numberOrText, patchOf, resolve } from './schema';

describe('a settings form', () => {
  it.each([
    [{ type: 'string' }, 'text'], [{ type: 'string', 'x-secret': true }, 'secret'], [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
    [{ type: 'integer' }, 'number'], [{ type: 'boolean' }, 'flag'], [{ type: 'array', items: { type: 'string', enum: ['P'] } }, 'list'],
    [{ type: 'array', items: { type: 'object' } }, 'json'], [{ type: 'object', properties: {} }, 'group'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'map'], [{ type: 'object' }, 'json'], [{ oneOf: [] }, 'json'],
  ])('takes %j for %s', (schema, kind) => expect(kindOf(schema)).toBe(kind));

  it('follows references within the document only', () => {
    const root = { $defs: { port: { type: 'integer', default: 1 } } };
    expect(resolve({ $ref: '#/$defs/port', default: 2 }, root)).toEqual({ type: 'integer', default: 2 });
    expect(resolve({ $ref: 'https://elsewhere/x' }, root)).toEqual({});
  });

  it('sends what was changed and nothing else', () => {
    const written = { host: 'a', port: 1, password: '***', map: { x: { unit: '1' }, y: { unit: '2' } }, list: [1, 2] };
    expect(patchOf(written, written)).toBeUndefined();
    expect(patchOf(written, { ...written, port: 2 })).toEqual({ port: 2 });
    expect(patchOf(written, { ...written, password: 'new' })).toEqual({ password: 'new' });
    expect(patchOf(written, { ...written, password: undefined } as never)).toEqual({ password: null });
    expect(patchOf(written, { ...written, map: { x: { unit: '1' }, z: {} } })).toEqual({ map: { y: null, z: {} } });
    expect(patchOf(written, { ...written, list: [2] })).toEqual({ list: [2] });
  });

  it('takes a number for a number and a placeholder for a text', () => {
    expect(numberOrText(' 2575 ')).toBe(2575);
    expect(numberOrText('${env:PORT}')).toBe('${env:PORT}');
    expect(numberOrText('007')).toBe('007');
    expect(numberOrText('')).toBeUndefined();
  });
});
