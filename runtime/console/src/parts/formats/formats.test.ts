import { describe, expect, it } from 'vitest';
import { readCsv } from './csv';
import { formatOf, textOf } from './detect';
import { hexDump } from './hex';
import { readHl7 } from './hl7';
import { differences } from './json';
import { stretchOf } from './stretch';
import { layOut } from './xml';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('HL7', () => {
  it('numbers fields as the standard does, MSH-1 being the separator', () => {
    const [msh, pid] = readHl7('\u000bMSH|^~\\&|HIS|H510104||YUZUI\rPID|1||P7^^^H\r\u001c\r')!;
    expect(msh!.fields.map((f) => `${f.number} ${f.value}`)).toEqual(['1 |', '2 ^~\\&', '3 HIS', '4 H510104', '6 YUZUI']);
    expect(pid!.fields[1]).toEqual({ number: 3, value: 'P7^^^H', components: ['P7', '', '', 'H'] });
  });

  it('takes other delimiters from MSH, and is null for anything else', () => {
    expect(readHl7('MSH#*~\\&#A*B')![0]!.fields[2]!.components).toEqual(['A', 'B']);
    expect(readHl7('{"MSH": 1}')).toBeNull();
    expect(readHl7('MSH')).toBeNull();
  });
});

describe('CSV', () => {
  it.each([
    ['a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['\ufeffa;b\n"x;""y""\nz";2', [['a', 'b'], ['x;"y"\nz', '2']]],
    ['a\tb\n\n1\t', [['a', 'b'], ['1', '']]],
    ['', []],
  ])('reads %j', (text, rows) => expect(readCsv(text).map((r) => r.cells)).toEqual(rows));

  it('ends at the row that is asked for', () => expect(readCsv('a\nb\nc\n', 2).map((r) => r.cells)).toEqual([['a'], ['b']]));

  it('knows the line on which each row begins', () =>
    expect(readCsv('a,b\r\n\r\n"1\r\n2",3\r\n4,5').map((r) => r.line)).toEqual([1, 3, 5]));
});

describe('XML', () => {
  const said = (text: string) => layOut(text).map((l) => `${l.depth}${l.pieces.map((p) => p.text).join('')}`);

  it('sets out nesting, a text between its tags on one line', () => {
    expect(said('<?xml version="1.0"?><a x="1>2"><b>t</b><c/></a>'))
      .toEqual(['0<?xml version="1.0"?>', '0<a x="1>2">', '1<b>t</b>', '1<c/>', '0</a>']);
  });

  it('knows the lines that each of its own came from', () => {
    expect(layOut('<?xml version="1.0"?>\n<a>\r\n\n  <b>t</b>\n  <c\n   d="1"/>\n two\n</a>').map((l) => `${l.line}-${l.to}`))
      .toEqual(['1-1', '2-2', '4-4', '5-6', '7-7', '8-8']);
  });

  it('shows what is not well-formed, and resolves nothing', () => {
    expect(said('<a>&lol;<b></a></a></a>')).toEqual(['0<a>&lol;', '1<b></a>', '0</a>', '0</a>']);
    expect(said('1 < 2')).toEqual(['01', '0<', '02']);
  });

  it('comes to an end with a long tag that never ends', { timeout: 20_000 }, () => {
    expect(layOut(`<a ${'b="c" '.repeat(20_000)}`).length).toBeGreaterThan(0);
  });
});

describe('a stretch', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);

  it('is the beginning, unless what is looked for stands beyond it', () => {
    expect(stretchOf(list, () => false, 20)).toMatchObject({ from: 0, all: 100 });
    expect(stretchOf(list, (n) => n === 19, 20).from).toBe(0);
    expect(stretchOf(list, (n) => n >= 50, 20).shown[0]).toBe(45);
    expect(stretchOf(list, (n) => n === 99, 20)).toMatchObject({ from: 80 });
    expect(stretchOf(list, (n) => n === 99, 100).shown).toHaveLength(100);
  });
});

describe('hex', () => {
  it('shows sixteen bytes a line', () => {
    const [first, second] = hexDump(Uint8Array.from({ length: 17 }, (_, i) => 0x7e - i));
    expect(first).toMatchObject({ offset: '000000', text: '~}|{zyxwvutsrqpo' });
    expect(second).toEqual({ offset: '000010', digits: ['6e'], text: 'n' });
  });
});

describe('what bytes look like', () => {
  it.each([
    ['{"a": 1}', 'json'], ['MSH|^~\\&|A|B', 'hl7'], ['<?xml version="1.0"?><a/>', 'xml'], ['a,b\n1,2', 'csv'], ['good morning', 'text'],
  ])('%s is %s', (text, format) => expect(formatOf(bytes(text))).toBe(format));

  it('takes a frame for hex, and GB 18030 for text', () => {
    expect(formatOf(Uint8Array.of(0x7e, 0x02, 0x00, 0x00, 0x05, 0x7e))).toBe('hex');
    expect(textOf(Uint8Array.of(0xd3, 0xe3, 0xd7, 0xec))).toBe('鱼嘴');
  });
});

describe('differences', () => {
  it('names what differs by its pointer', () => {
    expect(differences({ a: 1, b: { c: [1, 2], 'x/y': 1 } }, { a: 1, b: { c: [1, 3, 4] }, d: null })).toEqual([
      { path: '/b/c/1', before: 2, after: 3 },
      { path: '/b/c/2', before: undefined, after: 4 },
      { path: '/b/x~1y', before: 1, after: undefined },
      { path: '/d', before: undefined, after: null },
    ]);
    expect(differences([{ a: 1 }], [{ a: 1 }])).toEqual([]);
  });
});
