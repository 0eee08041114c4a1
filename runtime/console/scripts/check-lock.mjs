// The lock file names versions and digests and no host: anybody builds from the registry that they have.
// --mend takes out what names one.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

if (process.argv.includes('--mend')) {
  for (const entry of Object.values(lock.packages)) {
    delete entry.resolved;
    delete entry.funding;
  }
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

const host = readFileSync(file, 'utf8').match(/https?:\/\/[^"]+/);
if (host) {
  console.error(`package-lock.json names ${host[0]}. Run: npm run lock`);
  process.exit(1);
}
