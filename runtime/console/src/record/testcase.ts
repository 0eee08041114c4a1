import type { Flow, Unit } from '../api/client';
import { readJson, type Json } from '../parts/formats/json';
import { caseSettings, settingsLines, unitsFile } from './caseSettings';

/** The files of a plugin's case, by their path below `examples/<name>/`. */
export type Files = Record<string, string>;

export type Ingredients = {
  flow: Flow;
  /** What came in, as text, its personal values replaced already; null when it is not known. */
  given: string | null;
  /** How its file ends: hl7, xml, json, csv, txt. */
  ending: string;
  /** What came of it, masked, by contract. */
  published: { contract: string; content: string; maskedFields: string[] }[];
  /** What came in as it came, only to see what it speaks of; null when it is not known. */
  arrived?: string | null;
  /** Of the plugin that took it; null when it has none. */
  settings?: { schema: object; written: object } | null;
  units?: readonly Unit[];
};

/** A folder's name from what the record is about: the hub's tools take letters, digits and dashes. */
export function caseName(flow: Flow): string {
  const what = flow.status === 'REFUSED' ? flow.causeCode ?? 'refused' : flow.contract ?? 'record';
  return `${what}-${flow.id.slice(0, 8)}`.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** A case as `yuzui plugin test` reads it: what is given, what must come of it, and under which settings. */
export function caseFiles({ flow, given, ending, published, arrived = given, settings, units = [] }: Ingredients): Files {
  const refused = flow.status === 'REFUSED';
  const about = [arrived, ...published.map((p) => p.content), flow.unit, flow.key, flow.source, flow.sourceType, flow.sourceId].filter(Boolean).join('\n');
  const taken = settings ? caseSettings(settings.schema, settings.written, about) : { settings: {}, left: [] };
  const tree = unitsFile(units, `${about}\n${JSON.stringify(taken.settings)}`);
  const masked = published.some((p) => p.maskedFields.length > 0);
  const [only] = published;
  const title = refused ? `${flow.causeCode ?? 'refused'}` : `${flow.contract ?? ''} ${flow.key ?? ''}`.trim();
  const lines = [
    `title: {zh: ${quoted(title)}, en: ${quoted(title)}}`,
    ...(refused ? [`reason: ${flow.causeCode ?? 'contract-violation'}`] : []),
    ...(only && published.length === 1 ? [`contract: ${only.contract}`] : []),
    // what is masked can't be compared, so it is left out of what is expected
    ...(masked ? ['match: contains'] : []),
    ...door(flow.sourceType),
    ...settingsLines(taken),
  ];
  const files: Files = { 'case.yaml': `${lines.join('\n')}\n` };
  if (tree !== null) files['units.csv'] = tree;
  if (given !== null) files[`given.${ending}`] = given;
  if (!refused) {
    published.forEach((p) => {
      const body = readJson(p.content);
      const expected = body === undefined ? null : without(body, p.maskedFields);
      files[published.length === 1 ? 'expect.json' : `expect.${p.contract}.json`] = `${JSON.stringify(expected, null, 2)}\n`;
    });
  }
  return files;
}

/** A call says where it went; other doors are told by the plugin. */
function door(sourceType: string | null): string[] {
  const path = /^(?:POST|PUT) (\/\S*)$/.exec(sourceType ?? '')?.[1];
  return path === undefined ? [] : ['door: http', `to: ${quoted(path)}`];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A value without what stands at some pointers. */
export function without(value: Json, pointers: readonly string[], at = ''): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((v, i) => without(v, pointers, `${at}/${i}`));
  return Object.fromEntries(Object.entries(value)
    .map(([key, v]) => [key, v, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`] as const)
    .filter(([, , pointer]) => !pointers.includes(pointer))
    .map(([key, v, pointer]) => [key, without(v, pointers, pointer)]));
}

/** Fields of HL7 that name or reach a person. */
const PERSONAL = new Set(['PID-2', 'PID-3', 'PID-4', 'PID-5', 'PID-6', 'PID-9', 'PID-11', 'PID-13', 'PID-14', 'PID-18', 'PID-19', 'PID-20', 'PID-21',
  'PID-23', 'NK1-2', 'NK1-4', 'NK1-5', 'NK1-6', 'NK1-30', 'NK1-31', 'MRG-1', 'MRG-4', 'MRG-7', 'IN1-2', 'IN1-16', 'IN1-19', 'IN1-36', 'IN1-49',
  'GT1-3', 'GT1-5', 'GT1-6']);

/**
 * Replaces what is personal in a message of a source: letter by letter, so that its form stays. In HL7 by the fields that hold such
 * values, everywhere by their shape (identity numbers, telephone numbers). Names elsewhere can't be told: somebody has to look.
 */
export function replaced(text: string): string {
  const shaped = text
    .replace(/(?<!\d)(\d{6})(?:19|20)\d{9}[\dXx](?!\d)/g, (_, area: string) => `${area}190001010000`)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '10000000000');
  if (!shaped.startsWith('MSH') && !shaped.startsWith('FHS') && !shaped.startsWith('BHS')) return shaped;
  const separator = shaped[3]!;
  return shaped.split(/(\r\n|\r|\n)/).map((line) => {
    const segment = line.slice(0, 3);
    if (segment === 'MSH' || line.length < 4) return line;
    return line.split(separator).map((field, i) => (PERSONAL.has(`${segment}-${i}`) ? neutral(field) : field)).join(separator);
  }).join('');
}

/** The same shape, and nothing of what it said. */
function neutral(field: string): string {
  return field.replace(/\p{Script=Han}/gu, '○').replace(/[A-Za-z]/g, (c) => (c === c.toUpperCase() ? 'X' : 'x')).replace(/\d/g, '0');
}
