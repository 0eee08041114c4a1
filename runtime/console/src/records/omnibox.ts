import type { Contract, FlowStatus, Title, Unit } from '../api/client';
import { readFilters, STATUSES, type Filters } from './filters';

/** What somebody typed means: a record to open, or filters to add. */
export type Wish = { open: string } | { add: Filters; unknown: string[] };

/** What words can stand for, in both languages. */
export type Glossary = {
  units: readonly Unit[];
  contracts: readonly Contract[];
  plugins: readonly Named[];
  /** Ids of the routes by which records arrive. */
  routes: readonly string[];
  /** What stops records now, by the id of its group, as the reader's language says it: the ledger itself keeps it in English. */
  causes: readonly { id: string; said: string }[];
  /** A status as the reader's language calls it. */
  statusName: (status: FlowStatus) => string;
};

type Named = { id: string; title: Title };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** name:value, or name:"value with blanks", with a half or full width colon. */
const TOKEN = /([\p{L}][\p{L}\p{N}_.]*)[:：](?:"([^"]*)"|“([^”]*)”|(\S*))/gu;

const NAMES: Record<string, 'key' | 'unit' | 'contract' | 'plugin' | 'route' | 'causeCode' | 'status' | 'from' | 'to' | 'q'> = {
  key: 'key', unit: 'unit', contract: 'contract', plugin: 'plugin', route: 'route', code: 'causeCode', status: 'status', from: 'from', to: 'to', text: 'q', q: 'q',
  键: 'key', 业务键: 'key', 单位: 'unit', 契约: 'contract', 插件: 'plugin', 路由: 'route', 原因代码: 'causeCode', 代码: 'causeCode', 状态: 'status', 自: 'from', 至: 'to', 文本: 'q',
};
/** The id of a record, also with its name before it. */
const ID = /^(?:id|编号)[:：]\s*/i;
const DAY = /^\d{4}-\d\d-\d\d$/;

function recordId(text: string): string | undefined {
  const id = text.trim().replace(ID, '');
  return UUID.test(id) ? id.toLowerCase() : undefined;
}

/**
 * Reads what was typed. A unit or a contract may be given by its name when only one fits; what can't be told is handed back
 * in `unknown` and looked for as text by nobody.
 */
export function read(typed: string, glossary: Glossary): Wish {
  const text = typed.trim();
  const id = recordId(text);
  if (id) return { open: id };
  const add: Filters = {};
  const unknown: string[] = [];
  const rest = text.replace(TOKEN, (whole, word: string, quoted?: string, curly?: string, bare?: string) => {
    const name = NAMES[word.toLowerCase()];
    const value = (quoted ?? curly ?? bare ?? '').trim();
    const field = name ? undefined : fieldsLike(word, glossary.contracts)[0];
    if (field && value !== '') add.field = [...(add.field ?? []), `${field}:${value}`];
    if (!name) return field ? '' : whole; // a colon in a text, such as 12:30 or a cause
    if (value === '') return '';
    const meant = valueOf(name, value, glossary);
    if (meant === undefined) unknown.push(whole);
    else Object.assign(add, name === 'status' ? readFilters({ status: meant }) : { [name]: meant });
    return '';
  }).replace(/\s+/g, ' ').trim();
  if (rest !== '') add.q = add.q ? `${add.q} ${rest}` : rest;
  return { add, unknown };
}

function valueOf(name: string, value: string, { units, contracts, plugins, statusName }: Glossary): string | undefined {
  switch (name) {
    case 'unit': return units.some((u) => u.code === value) ? value : only(unitsLike(value, units))?.code;
    case 'contract': return contracts.some((c) => c.id === value) ? value : only(contractsLike(value, contracts))?.id;
    case 'plugin': return plugins.some((p) => p.id === value) ? value : only(like(value, plugins))?.id;
    case 'status': return STATUSES.find((s) => s === value.toUpperCase() || statusName(s).toLowerCase() === value.toLowerCase());
    case 'from':
    case 'to': return DAY.test(value) ? value : undefined;
    default: return value;
  }
}

/** Whether a cause has some words in it; numbers differ from record to record, so any will do. */
export function saysSo(cause: string, words: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\d+(?:[.,]\d+)*/g, '0');
  return plain(cause).includes(plain(words));
}

function only<T>(found: T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function fits(value: string, ...texts: string[]): boolean {
  const wanted = value.toLowerCase();
  return texts.some((t) => t.toLowerCase().includes(wanted));
}

/** The one that is called just so, else all whose code or name has it. */
export function unitsLike(value: string, units: readonly Unit[]): Unit[] {
  const exact = units.filter((u) => u.name === value || u.nameEn.toLowerCase() === value.toLowerCase());
  return exact.length > 0 ? exact : units.filter((u) => u.code.startsWith(value) || fits(value, u.name, u.nameEn));
}

export function contractsLike(value: string, contracts: readonly Contract[]): Contract[] {
  return like(value, contracts);
}

function like<T extends Named>(value: string, all: readonly T[]): T[] {
  return all.filter((one) => fits(value, one.id, one.title.zh, one.title.en));
}

/** Fields that contracts index and that a word names: whole, or by their last step. */
export function fieldsLike(word: string, contracts: readonly Contract[]): string[] {
  const wanted = word.toLowerCase();
  const all = [...new Set(contracts.flatMap((c) => c.index))];
  const exact = all.filter((f) => f.toLowerCase() === wanted);
  return exact.length > 0 ? exact : all.filter((f) => f.toLowerCase().endsWith(`.${wanted}`));
}

/** As many as are read at a glance. */
const MOST = 10;

/** What a text that is being typed could mean, the likeliest first: offered below the box. */
export type Offer =
  | { kind: 'open'; id: string }
  | { kind: 'q' | 'key' | 'field' | 'contents' | 'plugin' | 'route' | 'causeCode'; value: string }
  | { kind: 'cause'; value: string; said: string }
  | { kind: 'unit'; value: string; unit: Unit }
  | { kind: 'contract'; value: string; contract: Contract }
  | { kind: 'status'; value: FlowStatus };

export function offers(typed: string, glossary: Glossary): Offer[] {
  const text = typed.trim();
  if (text === '') return STATUSES.map((value) => ({ kind: 'status', value }));
  const id = recordId(text);
  if (id) return [{ kind: 'open', id }];
  const token = /^([\p{L}][\p{L}\p{N}_.]*)[:：](.*)$/u.exec(text);
  const name = token ? NAMES[token[1]!.toLowerCase()] : undefined;
  const value = (name ? token![2]! : text).trim();
  const of = (...names: string[]) => name === undefined || names.includes(name);
  const found: Offer[] = [];
  if (name === undefined) found.push({ kind: 'q', value }, { kind: 'key', value });
  // a word that is enough for a sentence to be meant
  if (name === undefined && value.length > 1) {
    glossary.causes.filter((c) => saysSo(c.said, value)).slice(0, 3).forEach(({ id: cause, said }) => found.push({ kind: 'cause', value: cause, said }));
  }
  if (name === 'causeCode' && value !== '') found.push({ kind: 'causeCode', value });
  if (of('status')) {
    STATUSES.filter((s) => value === '' || fits(value, s, glossary.statusName(s)))
      .forEach((s) => found.push({ kind: 'status', value: s }));
  }
  if (of('contract')) {
    contractsLike(value, glossary.contracts).slice(0, 5)
      .forEach((contract) => found.push({ kind: 'contract', value: contract.id, contract }));
  }
  if (of('plugin') && (value.length > 1 || name === 'plugin')) {
    like(value, glossary.plugins).slice(0, 3).forEach((plugin) => found.push({ kind: 'plugin', value: plugin.id }));
  }
  if (of('route') && (value.length > 2 || name === 'route')) {
    glossary.routes.filter((route) => fits(value, route)).slice(0, name ? 9 : 2).forEach((route) => found.push({ kind: 'route', value: route }));
  }
  if (of('unit') && (value !== '' || name === 'unit')) {
    unitsLike(value, glossary.units).slice(0, 5).forEach((unit) => found.push({ kind: 'unit', value: unit.code, unit }));
  }
  if (token && !name && token[2]!.trim() !== '') {
    fieldsLike(token[1]!, glossary.contracts).slice(0, 3).forEach((f) => found.unshift({ kind: 'field', value: `${f}:${token[2]!.trim()}` }));
  }
  const few = found.slice(0, MOST);
  return name === undefined && value.length > 1 ? [...few, { kind: 'contents', value }] : few;
}
