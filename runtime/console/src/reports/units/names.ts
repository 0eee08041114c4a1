/** What a file in `config/org` may be called. */
const FILE = /^[0-9A-Za-z][0-9A-Za-z_-]{0,60}\.csv$/;

/** A chosen file's own name where it may be called so, else the one of the whole tree. */
export function nameFor(chosen: string): string {
  const name = chosen.replace(/\.(xlsx|csv)$/i, '.csv');
  return FILE.test(name) ? name : 'units.csv';
}
