import { describe, expect, it } from 'vitest';
import type { Contract, Flow, Unit } from '../api/client';
import { unzipSync } from 'fflate';
import { cell, CSV_HEAD, csvLines } from './csv';
import { fixed, named, queryOf, readFilters, withMore, without } from './filters';
import { merge, unseen } from './merge';
import { offers, read } from './omnibox';
import { between } from './selection';
import { trail } from './trail';
import { filtersOf, searchOf } from './views';
import { Workbook } from './xlsx';

const unit = (code: string, name: string, nameEn: string): Unit => ({ code, name, nameEn, level: 'CITY', parent: null, tags: [] });
const contract = (id: string, zh: string, en: string, index: string[] = []) => ({ id, title: { zh, en }, index }) as unknown as Contract;
const glossary = {
  units: [unit('510100', '成都市', 'Chengdu'), unit('510104', '成都市锦江区', 'Jinjiang'), unit('510300', '自贡市', 'Zigong')],
  contracts: [contract('his.visit.v1', '就诊', 'Visit', ['visit', 'patient.idNumber']), contract('his.daily.v1', '医院日', 'Hospital day')],
  plugins: [{ id: 'his', title: { zh: '医院信息系统', en: 'Hospitals' } }, { id: 'finance', title: { zh: '财务系统', en: 'Finance' } }],
  routes: ['receive-visit', 'take-message', 'visits-to-bureau'],
  causes: [{ id: 'c7', said: '凭证 记-5 借方 17023.59 不等于贷方 17022.59' }],
  statusName: (s: string) => ({ REFUSED: '已拒绝', DEAD: '死信' })[s] ?? s.toLowerCase(),
};

describe('several fields', () => {
  const one = readFilters({ field: 'visit:V1' });
  const two = withMore(one, { field: ['bed:5'], status: ['DEAD'] });

  it('join each other, and each is taken away alone', () => {
    expect(two).toEqual({ field: ['visit:V1', 'bed:5'], status: ['DEAD'] });
    expect(withMore(two, { field: ['visit:V2'] }).field).toEqual(['visit:V2', 'bed:5']);
    expect(without(two, 'field', 'visit:V1')).toEqual({ field: ['bed:5'], status: ['DEAD'] });
    expect(without(one, 'field', 'visit:V1')).toEqual({});
  });

  it('are read of an address and asked for together', () => {
    expect(readFilters({ field: ['visit:V1', 'bed:5', 'nothing', 'bed:6'] }).field).toEqual(['visit:V1', 'bed:6']);
    expect(queryOf(two, new Date(), undefined)).toMatchObject({ field: ['visit:V1', 'bed:5'] });
  });
});

describe('the omnibox', () => {
  it.each([
    ['V100', { q: 'V100' }],
    ['key:510104-H01|V1', { key: '510104-H01|V1' }],
    ['unit:510100 status:refused', { unit: '510100', status: ['REFUSED'] }],
    ['单位：成都市 状态：已拒绝 床位', { unit: '510100', status: ['REFUSED'], q: '床位' }],
    ['contract:visit from:2026-11-22', { contract: 'his.visit.v1', from: '2026-11-22' }],
    ['visit:ZY2026 status:dead', { field: ['visit:ZY2026'], status: ['DEAD'] }],
    ['idNumber:51010419900101001X', { field: ['patient.idNumber:51010419900101001X'] }],
    ['visit:V1 idNumber:5110', { field: ['visit:V1', 'patient.idNumber:5110'] }],
    ['plugin:财务 路由：take-message code:charset', { plugin: 'finance', route: 'take-message', causeCode: 'charset' }],
    ['unit:"Zigong" no bed', { unit: '510300', q: 'no bed' }],
    ['MSH-4: Facility at 12:30', { q: 'MSH-4: Facility at 12:30' }],
  ])('understands %s', (typed, add) => expect(read(typed, glossary)).toEqual({ add, unknown: [] }));

  it('opens a record by its id', () => {
    expect(read(' 0CFFF0E7-4a28-86fc-a5f7-b924e331b227 ', glossary)).toEqual({ open: '0cfff0e7-4a28-86fc-a5f7-b924e331b227' });
    expect(read('id:0cfff0e7-4a28-86fc-a5f7-b924e331b227', glossary)).toEqual({ open: '0cfff0e7-4a28-86fc-a5f7-b924e331b227' });
  });

  it('hands back what could mean several things, or nothing', () => {
    expect(read('unit:成 status:lost x', glossary)).toEqual({ add: { q: 'x' }, unknown: ['unit:成', 'status:lost'] });
    expect(read('from:yesterday', glossary)).toEqual({ add: {}, unknown: ['from:yesterday'] });
  });

  it('offers what a text could mean', () => {
    expect(offers('成都', glossary).map((o) => o.kind)).toEqual(['q', 'key', 'unit', 'unit', 'contents']);
    expect(offers('unit:Jin', glossary)).toMatchObject([{ kind: 'unit', value: '510104' }]);
    expect(offers('凭证 记-7 借方 1.00', glossary)).toContainEqual({ kind: 'cause', value: 'c7', said: glossary.causes[0]!.said });
    expect(offers('借方', glossary)).toContainEqual({ kind: 'cause', value: 'c7', said: glossary.causes[0]!.said });
    expect(offers('route:visit', glossary)).toEqual([{ kind: 'route', value: 'receive-visit' }, { kind: 'route', value: 'visits-to-bureau' }]);
    expect(offers('plugin:', glossary).map((o) => o.kind)).toEqual(['plugin', 'plugin']);
    expect(offers('code:late', glossary)).toEqual([{ kind: 'causeCode', value: 'late' }]);
    expect(offers('', glossary).every((o) => o.kind === 'status')).toBe(true);
  });
});

describe('filters', () => {
  it('are read from an address, and what makes no sense is left out', () => {
    expect(readFilters({ status: 'refused', unit: ' 510100 ', time: 'ever', from: '2026-11-22', to: 'x', page: '3', q: '' }))
      .toEqual({ status: ['REFUSED'], unit: '510100', from: '2026-11-22' });
    expect(readFilters({ time: 'week', from: '2026-11-22' })).toEqual({ time: 'week' });
    expect(readFilters({ status: 'dead,nonsense,REFUSED', cause: 'c7' })).toEqual({ status: ['DEAD', 'REFUSED'], cause: 'c7' });
    expect(readFilters({ status: ['DEAD'] })).toEqual({ status: ['DEAD'] });
  });

  it('are taken away one by one, a range of time whole', () => {
    expect(without({ q: 'a', from: '2026-11-22', to: '2026-11-23' }, 'time')).toEqual({ q: 'a' });
    expect(named({ q: 'a', status: ['DEAD'], time: 'week' })).toEqual(['status', 'q']);
  });

  it('follow the hub\'s day, not the reader\'s', () => {
    const now = new Date('2026-11-27T23:30:00Z'); // the 28th in Shanghai
    expect(queryOf({ time: 'today', q: 'a' }, now, 'Asia/Shanghai')).toEqual({ q: 'a', from: '2026-11-28' });
    expect(queryOf({ time: 'yesterday' }, now, 'Asia/Shanghai')).toEqual({ from: '2026-11-27', to: '2026-11-27' });
    expect(queryOf({ time: 'week' }, new Date('2026-03-02T00:00:00Z'), 'UTC')).toEqual({ from: '2026-02-24' });
    expect(queryOf({ time: 'hour' }, now, 'UTC')).toEqual({ from: '2026-11-27T22:30:00.000Z' });
  });
});

describe('a link', () => {
  it('keeps the time that it was made for', () => {
    const now = new Date('2026-11-27T23:30:00Z');
    expect(fixed({ time: 'hour', q: 'a' }, now, 'Asia/Shanghai')).toEqual({ q: 'a', from: '2026-11-27T22:30:00.000Z', to: '2026-11-27T23:30:00.000Z' });
    expect(fixed({ time: 'yesterday' }, now, 'Asia/Shanghai')).toEqual({ from: '2026-11-27', to: '2026-11-27' });
    expect(readFilters(fixed({ time: 'week' }, now, 'UTC'))).toEqual({ from: '2026-11-21', to: '2026-11-27T23:30:00.000Z' });
    expect(fixed({ q: 'a' }, now, 'UTC')).toEqual({ q: 'a' });
  });
});

describe('a view', () => {
  it('is kept for all as an address has it', () => {
    const filters = readFilters({ status: 'DEAD,REFUSED', field: ['visit:V1', 'bed:5 a'], q: '发热&=', time: 'week' });
    expect(filtersOf(searchOf(filters))).toEqual(filters);
    expect(searchOf({})).toBe('');
  });
});

const flow = (id: string, status: Flow['status'] = 'ACCEPTED') => ({ id, status, cause: null }) as Flow;

describe('what comes in', () => {
  const pages = [{ records: [flow('c'), flow('b')], next: 'n' }, { records: [flow('a')], next: null }];

  it('goes to the front, and what is known is brought up to date', () => {
    const merged = merge(pages, { records: [flow('d'), flow('c', 'DELIVERED'), flow('b')], next: 'x' })!;
    expect(merged.map((p) => p.records.map((f) => f.id + f.status[0]).join(' '))).toEqual(['dA cD bA', 'aA']);
    expect(merged[0]!.next).toBe('n');
  });

  it('begins anew when there may be more between', () => {
    expect(merge(pages, { records: [flow('f'), flow('e')], next: 'x' })).toBeNull();
    expect(merge([{ records: [], next: null }], { records: [flow('a')], next: null })).toHaveLength(1);
    expect(unseen(pages, { records: [flow('f'), flow('e')], next: 'x' })).toEqual({ count: 2, more: true });
    expect(unseen(pages, { records: [flow('d'), flow('c')], next: 'x' })).toEqual({ count: 1, more: false });
  });
});

describe('an export', () => {
  it.each([
    ['=cmd|\' /C calc\'!A0', '\'=cmd|\' /C calc\'!A0'], ['+1', '\'+1'], ['-1', '\'-1'], ['@x', '\'@x'], ['\t=1', '\'\t=1'], [' =1', '\' =1'],
    ['＝1', '\'＝1'], ['\r=1', '"\'\r=1"'], ['a,"b"', '"a,""b"""'], ['two\nlines', '"two\nlines"'], ['plain', 'plain'], [-5, '-5'], [null, ''],
  ])('guards %j', (value, written) => expect(cell(value)).toBe(written));

  it('has a row a flow', () => {
    expect(CSV_HEAD.startsWith('\ufeffid,status,')).toBe(true);
    expect(csvLines([{ ...flow('1'), cause: 'a "bad" one' } as Flow])).toContain('"a ""bad"" one"\r\n');
  });
});

describe('a workbook', () => {
  it('holds texts as texts and numbers as numbers', async () => {
    const book = new Workbook(['Key', 'Size'], [20, 10]);
    book.add([['=1+1', 7], ['a<b & \u0001', null]]);
    const files = unzipSync(new Uint8Array(await book.end().arrayBuffer()));
    const sheet = new TextDecoder().decode(files['xl/worksheets/sheet1.xml']);
    expect(Object.keys(files)).toContain('[Content_Types].xml');
    expect(sheet).toContain('<row><c s="2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c><v>7</v></c></row>');
    expect(sheet).toContain('a&lt;b &amp; \ufffd</t>');
    expect(sheet).not.toContain('<f>');
    expect(sheet.endsWith('<autoFilter ref="A1:B3"/></worksheet>')).toBe(true);
  });
});

describe('the list that was left', () => {
  it('knows what stands beside a record', () => {
    trail.list(['a', 'b', 'c']);
    expect(trail.beside('b')).toEqual({ before: 'a', after: 'c' });
    expect(trail.beside('a')).toEqual({ before: undefined, after: 'b' });
    expect(trail.beside('x')).toEqual({ before: undefined, after: undefined });
  });
});

describe('a choice', () => {
  it('reaches from one to another, whichever comes first', () => {
    expect(between(['a', 'b', 'c', 'd'], 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(between(['a', 'b'], 'gone', 'b')).toEqual(['b']);
  });
});
