import { describe, expect, it } from 'vitest';
import type { Flow } from '../api/client';
import { placesIn } from '../parts/formats/places';
import { readAbout } from '../replays/about';
import { base64, charsetOf, comparable, declaredUtf8, lineEndOf } from './content';
import { caseFiles, caseName, replaced, without } from './testcase';

const bytes = (text: string) => new TextEncoder().encode(text);
const flow = (more: Partial<Flow>) => ({ id: '0cfff0e7-4a28-86fc-a5f7-b924e331b227', status: 'DELIVERED', contract: 'his.visit.v1', key: 'H01|V1', causeCode: null, ...more }) as Flow;

describe('places that a cause names', () => {
  it.each([
    ['/patient/name: his.visit.v1 at /patient/name: is missing; /bed: is too long', ['/patient/name', '/bed'], [], []],
    ['MSH-18: The message is declared UTF-8, PID-5 is not', [], ['MSH-18', 'PID-5'], []],
    ['line 12: 3 cells instead of 4', [], [], [12]],
    ['第 7 行：缺一列', [], [], [7]],
    ['Add it to config/plugins/his.yaml, and/or ask at http://127.0.0.1/x', [], [], []],
    [null, [], [], []],
  ])('%s', (cause, pointers, fields, lines) => {
    const found = placesIn(cause);
    expect([[...found.pointers], [...found.fields], [...found.lines]]).toEqual([pointers, fields, lines]);
  });
});

describe('a message that is mended', () => {
  it('is read in the charset that fits it', () => {
    expect(charsetOf(bytes('测试'))).toBe('utf-8');
    expect(charsetOf(Uint8Array.of(0xb2, 0xe2, 0xca, 0xd4))).toBe('gb18030');
  });

  it('declares UTF-8, in which it goes in', () => {
    expect(declaredUtf8('MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.4||||||GB 18030-2000\rPID|1')).toBe('MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.4||||||UNICODE UTF-8\rPID|1');
    expect(declaredUtf8('<?xml version="1.0" encoding="GB18030"?><a/>')).toBe('<?xml version="1.0" encoding="UTF-8"?><a/>');
    expect(declaredUtf8('MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.4\rPID|1')).toBeNull();
    expect(declaredUtf8('<?xml version="1.0" encoding="utf-8"?><a/>')).toBeNull();
  });

  it('goes in as the bytes of a file', () => expect(base64(new Uint8Array(70_000).fill(65))).toBe(btoa('A'.repeat(70_000))));

  it('keeps its ends of lines', () => expect(['a\rb', 'a\r\nb', 'a\nb', 'a'].map(lineEndOf)).toEqual(['\r', '\r\n', '\n', '\n']));

  it('keeps every digit of a number', () => expect(comparable(bytes('{"a":12345678901234567.89}'))).toBe('{\n  "a": 12345678901234567.89\n}'));
  it('is compared in one order', () => expect(comparable(bytes('{"b":{"d":1,"c":2},"a":[2,1]}'))).toBe(JSON.stringify({ a: [2, 1], b: { c: 2, d: 1 } }, null, 2)));
});

describe('a test case', () => {
  it('expects what came of a message, without what is masked', () => {
    expect(caseFiles({ flow: flow({}), given: 'MSH|…', ending: 'hl7', published: [{ contract: 'his.visit.v1', content: '{"visit":"V1","patient":{"name":"测***","gender":"M"}}', maskedFields: ['/patient/name'] }] })).toEqual({
      'case.yaml': 'title: {zh: "his.visit.v1 H01|V1", en: "his.visit.v1 H01|V1"}\ncontract: his.visit.v1\nmatch: contains\n',
      'given.hl7': 'MSH|…',
      'expect.json': '{\n  "visit": "V1",\n  "patient": {\n    "gender": "M"\n  }\n}\n',
    });
  });

  it('expects a refusal', () => {
    expect(caseFiles({ flow: flow({ status: 'REFUSED', causeCode: 'charset', contract: null, key: null }), given: 'x', ending: 'txt', published: [] }))
      .toEqual({ 'case.yaml': 'title: {zh: "charset", en: "charset"}\nreason: charset\n', 'given.txt': 'x' });
    expect(caseName(flow({ status: 'REFUSED', causeCode: 'charset' }))).toBe('charset-0cfff0e7');
  });

  it('holds no person', () => {
    expect(replaced('MSH|^~\\&|HIS|H1\rPID|1||ZY26^^^HIS~510104199001010019^^^GA||测试一号^^^^^L||19900101|M|||示例路1号||^PRN^PH^^^028^86912345\rPV1|1|I|W^1'))
      .toBe('MSH|^~\\&|HIS|H1\rPID|1||XX00^^^XXX~000000000000000000^^^XX||○○○○^^^^^X||19900101|M|||○○○0○||^XXX^XX^^^000^00000000\rPV1|1|I|W^1');
    expect(replaced('{"id":"51010419900101001X","phone":"13800138000","amount":13800138000}')).toBe('{"id":"510104190001010000","phone":"10000000000","amount":10000000000}');
  });

  it('goes down to what is in lists', () => expect(without({ a: [{ b: 1, c: 2 }] }, ['/a/0/b'])).toEqual({ a: [{ c: 2 }] }));
});

it('what a replay was about is read as filters', () => {
  expect(readAbout('{"status":["DEAD","REFUSED"],"cause":"c7","from":"2026-11-22T00:00:00Z","units":3,"chosen":2}'))
    .toEqual({ filters: { status: ['DEAD', 'REFUSED'], cause: 'c7', from: '2026-11-22T00:00:00Z' }, chosen: 2, units: 3, subscription: undefined });
  expect(readAbout('{')).toMatchObject({ filters: {} });
});
