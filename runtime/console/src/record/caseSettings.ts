import type { Unit } from '../api/client';
import type { Json } from '../parts/formats/json';

type Tree = { [key: string]: Json };
type Schema = {
  type?: string; properties?: Record<string, Schema>; required?: string[]; additionalProperties?: boolean | Schema; minLength?: number;
  'x-secret'?: boolean; 'x-folder'?: boolean;
};

/** What of a plugin's settings a case takes along, and the dotted paths of what it can't. */
export type CaseSettings = { settings: Tree; left: string[] };

/** Stands for a secret that a plugin doesn't start without. */
const MADE_UP = 'made-up-secret-0123456789';
/** The trial has ports of its own, and nobody's addresses, certificates and files. */
const PORT = /^port$|Port$/;
const ADDRESS = /^(host|url|uri)$|(Host|Url)$/;
const FILE = /^(certificate|key|ca|clientCa|knownHosts)$/;
const FILE_NAME = /^[^\s,;]*\.(ya?ml|json|csv|xlsx|pem|crt|key)$/i;
const FILLED_IN = /\$\{[a-z]+:/;
const SHORTEST_TEXT = 3;

const isTree = (value: Json | undefined): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The settings by which a message was taken, as another engineer's trial can use them: without secrets, folders, ports, addresses and files of this hub.
 * Of a map that a site fills (facilities, vehicles) those entries stay that the case speaks of.
 *
 * @param spoken what came in and what came of it, as one text
 */
export function caseSettings(schema: object, written: object, spoken: string): CaseSettings {
  const left: string[] = [];
  const settings = ofTree(schema as Schema, written as Tree, '', spoken, left) ?? {};
  return { settings, left };
}

/** Undefined when something is missing then that the schema requires. */
function ofTree(schema: Schema, tree: Tree, path: string, spoken: string, left: string[]): Tree | undefined {
  const open = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const kept: Tree = {};
  for (const [key, value] of Object.entries(tree)) {
    const known = schema.properties?.[key];
    if (!known && open && !(speaksOf(spoken, key, value) && !isOutward(open))) continue; // another hospital's, or a line to another system
    const at = path ? `${path}.${key}` : key;
    const taken = ofValue(known ?? open ?? {}, value, key, at, schema.required?.includes(key) ?? false, spoken, left);
    if (taken !== undefined) kept[key] = taken;
  }
  return (schema.required ?? []).every((key) => !(key in tree) || key in kept) ? kept : undefined;
}

function ofValue(schema: Schema, value: Json, key: string, at: string, required: boolean, spoken: string, left: string[]): Json | undefined {
  if (schema['x-folder'] || PORT.test(key) && !required) return undefined; // the trial's own
  if (isTree(value)) {
    const tree = ofTree(schema, value, at, spoken, left);
    return tree && (Object.keys(tree).length > 0 || Object.keys(value).length === 0) ? tree : undefined;
  }
  if (schema['x-secret']) {
    left.push(at);
    return required ? MADE_UP.padEnd(schema.minLength ?? 0, '0') : undefined;
  }
  if (ADDRESS.test(key)) return undefined;
  if (JSON.stringify(value).match(FILLED_IN) || typeof value === 'string' && (FILE.test(key) || FILE_NAME.test(value))) {
    left.push(at);
    return undefined;
  }
  return value;
}

/** An entry that is a line to another system: a case must not open it. */
function isOutward(entry: Schema): boolean {
  return Object.keys(entry.properties ?? {}).some((key) => /^(host|url)$/.test(key));
}

function speaksOf(spoken: string, key: string, value: Json): boolean {
  return spoken.includes(key) || texts(value).some((text) => text.length >= SHORTEST_TEXT && spoken.includes(text));
}

function texts(value: Json): string[] {
  return typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Lines of case.yaml: the settings, and in remarks what could not be taken along. */
export function settingsLines({ settings, left }: CaseSettings): string[] {
  return [
    ...(Object.keys(settings).length > 0 ? [`settings: ${JSON.stringify(settings, null, 2).replaceAll('\n', '\n  ')}`] : []),
    ...left.map((path) => `# set at the hub, and not taken along: ${path}`),
  ];
}

/** The units that a case speaks of with all above them, as a hub's unit file; null for none. */
export function unitsFile(units: readonly Unit[], spoken: string): string | null {
  const byCode = new Map(units.map((u) => [u.code, u]));
  const words = new Set(spoken.match(/[\w-]+/g)); // 510104 is not spoken of by 510104-H01
  const chosen = new Set<string>();
  units.filter((u) => words.has(u.code)).forEach((unit) => {
    for (let u: Unit | undefined = unit; u && !chosen.has(u.code); u = u.parent === null ? undefined : byCode.get(u.parent)) chosen.add(u.code);
  });
  if (chosen.size === 0) return null;
  return ['code,name,level,parent', ...units.filter((u) => chosen.has(u.code)).map((u) =>
    [u.code, u.name, u.level.toLowerCase(), u.parent ?? ''].map(cell).join(','))].join('\n') + '\n';
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
