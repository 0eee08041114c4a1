// Every text that people see stands in src/i18n, in both languages, and every text there is used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const src = fileURLToPath(new URL('../src', import.meta.url));
const SEEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'extra', 'description']);
const problems = [];
const used = new Set();
const prefixes = new Set();

function texts(language) {
  const flat = new Map();
  const walk = (node, prefix) => Object.entries(node).forEach(([key, value]) =>
    typeof value === 'string' ? flat.set(prefix + key, value) : walk(value, `${prefix}${key}.`));
  walk(JSON.parse(readFileSync(join(src, 'i18n', `${language}.json`), 'utf8')), '');
  return flat;
}

const languages = { zh: texts('zh'), en: texts('en') };
// English has a singular of its own: `hops_one` beside `hops_other`; Chinese needs the latter only.
const base = (key) => key.replace(/_(one|other)$/, '');
const all = new Set([...languages.zh.keys(), ...languages.en.keys()]);
const names = new Set([...all].map(base));
const placeholders = (text) => [...text.matchAll(/{{\s*([^},\s]+)/g)].map((m) => m[1]).sort().join();

function check(node, complain) {
  const said = ts.isJsxText(node) ? node.text
    : ts.isJsxAttribute(node) && SEEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)
      ? node.initializer.text : '';
  if (/\p{L}/u.test(said)) complain(node, `"${said.trim()}" stands in the code; move it to i18n`);
  if (ts.isStringLiteralLike(node) && /\p{Script=Han}/u.test(node.text)) {
    complain(node, `"${node.text}" stands in the code; move it to i18n`);
  }
  if (ts.isCallExpression(node) && /^(i18next\.)?t$/.test(node.expression.getText())) {
    const key = node.arguments[0];
    if (key && ts.isStringLiteralLike(key)) {
      used.add(key.text);
      if (!names.has(key.text)) complain(node, `the text ${key.text} is not in i18n`);
    } else if (key && ts.isTemplateExpression(key) && key.head.text.endsWith('.')) {
      prefixes.add(key.head.text);
      if (![...all].some((k) => k.startsWith(key.head.text))) complain(node, `no text begins with ${key.head.text}`);
    } else {
      complain(node, 'the key of a text is written out, or begins with a group: `group.${name}`');
    }
  }
  ts.forEachChild(node, (child) => check(child, complain));
}

for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
  if (!/\.tsx?$/.test(file) || /generated\.ts$|\.test\.ts$/.test(file)) continue;
  const source = ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true);
  check(source, (node, message) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`src/${file}:${line + 1}: ${message}`);
  });
}

for (const key of all) {
  for (const [language, known] of Object.entries(languages)) {
    if (language === 'zh' && key.endsWith('_one')) continue;
    if (!known.get(key)?.trim()) problems.push(`src/i18n/${language}.json: ${key} is missing`);
  }
  if (languages.en.has(`${base(key)}_other`) && !languages.en.has(`${base(key)}_one`)) problems.push(`src/i18n/en.json: ${base(key)}_one is missing`);
  const [zh, en] = [languages.zh.get(key), languages.en.get(key)];
  if (zh && en && placeholders(zh) !== placeholders(en)) problems.push(`src/i18n: the placeholders of ${key} differ`);
  if (!used.has(base(key)) && ![...prefixes].some((p) => key.startsWith(p))) problems.push(`src/i18n: ${key} is used nowhere`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${names.size} texts in ${Object.keys(languages).length} languages`);
