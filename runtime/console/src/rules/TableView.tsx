import { useTranslation } from 'react-i18next';
import type { DecisionTable, TriedTable } from '../api/client';
import { useNames } from '../api/queries';
import { Scroll } from '../parts/Scroll';
import { useSpans } from '../parts/spans';
import { useWide } from '../parts/wide';
import { Then, useValue, When } from './Feel';

type Props = {
  table: DecisionTable;
  /** How often each row counted. */
  counts?: number[] | undefined;
  /** A trial of it: which cells held. */
  tried?: TriedTable | undefined;
  /** Rows that are spoken of. */
  marked?: number[];
};

/** A decision table: as a table where there is room, as a sentence a row where there isn't. */
export function TableView(props: Props) {
  const wide = useWide(760);
  return wide ? <Grid {...props} /> : <Sentences {...props} />;
}

const stateOf = (cell: boolean | null | undefined) => (cell === undefined ? '' : cell === null ? 'open' : cell ? 'yes' : 'no');

function rowState(tried: TriedTable | undefined, row: number) {
  const found = tried?.rows[row];
  return found ? (found.chosen ? 'chosen' : found.matched ? 'matched' : 'missed') : '';
}

function Grid({ table, counts, tried, marked = [] }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { number } = useSpans();
  const most = Math.max(1, ...(counts ?? []));
  const noted = table.rows.some((r) => r.note);
  return (
    <Scroll label={table.name}>
      <table className="dmn">
        <thead>
          <tr className="sides">
            <th scope="col" className="row"><Policy policy={table.hitPolicy} short /></th>
            <th scope="colgroup" colSpan={table.inputs.length}>{t('rules.when')}</th>
            <th scope="colgroup" colSpan={table.outputs.length} className="then">{t('rules.then')}</th>
            {noted && <th scope="col">{t('rules.note')}</th>}
            {counts && <th scope="col" className="number">{t('rules.counted')}</th>}
          </tr>
          <tr>
            <th scope="col" className="row"><span className="unseen">{t('rules.row')}</span></th>
            {table.inputs.map((c, i) => (
              <th scope="col" key={i}>
                {names.title(c.title)}
                {c.expression && c.expression !== names.title(c.title) && <div className="small"><code>{c.expression}</code></div>}
                {tried && <div className="asked"><Asked value={tried.values[i]} /></div>}
              </th>
            ))}
            {table.outputs.map((c, i) => <th scope="col" key={i} className={i === 0 ? 'then' : ''}>{names.title(c.title)}</th>)}
            {noted && <th scope="col"><span className="unseen">{t('rules.note')}</span></th>}
            {counts && <th scope="col"><span className="unseen">{t('rules.counted')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, r) => (
            <tr key={r} className={`${rowState(tried, r)} ${marked.includes(r + 1) ? 'marked' : ''}`}>
              <th scope="row" className="row">{r + 1}<RowMark tried={tried} row={r} /></th>
              {row.when.map((cell, c) => (
                <td key={c} className={stateOf(tried?.rows[r]?.cells[c])}><CellMark cell={tried?.rows[r]?.cells[c]} /><When text={cell} /></td>
              ))}
              {row.then.map((cell, c) => <td key={c} className={c === 0 ? 'then' : ''}><Then text={cell} /></td>)}
              {noted && <td className="note">{row.note}</td>}
              {counts && (
                <td className="number count">
                  {number(counts[r] ?? 0)}
                  <svg viewBox="0 0 60 4" width="60" height="4" aria-hidden="true"><rect className="all" width="60" height="4" rx="2" /><rect className="part" width={Math.round(60 * (counts[r] ?? 0) / most)} height="4" rx="2" /></svg>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Sentences({ table, counts, tried, marked = [] }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { number } = useSpans();
  return (
    <>
      {tried && <p><Policy policy={table.hitPolicy} /></p>}
      {tried && (
        <dl className="facts">
          {table.inputs.map((c, i) => <div key={i}><dt>{names.title(c.title)}</dt><dd><Asked value={tried.values[i]} /></dd></div>)}
        </dl>
      )}
      <ol className="sentences">
        {table.rows.map((row, r) => (
          <li key={r} className={`${rowState(tried, r)} ${marked.includes(r + 1) ? 'marked' : ''}`}>
            <div className="line1">
              <b>{t('rules.rowN', { row: r + 1 })}<RowMark tried={tried} row={r} /></b>
              {counts && <span className="small">{t('rules.times', { n: number(counts[r] ?? 0) })}</span>}
            </div>
            <dl>
              {row.when.map((cell, c) => (cell === '-' && !tried ? null : (
                <div key={c} className={stateOf(tried?.rows[r]?.cells[c])}>
                  <dt>{names.title(table.inputs[c]!.title)}</dt><dd><CellMark cell={tried?.rows[r]?.cells[c]} /><When text={cell} /></dd>
                </div>
              )))}
            </dl>
            <dl className="answers">
              {row.then.map((cell, c) => <div key={c}><dt>→ {names.title(table.outputs[c]!.title)}</dt><dd><Then text={cell} /></dd></div>)}
            </dl>
            {row.note && <p className="small">{row.note}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}

const POLICIES: Record<string, 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE' | 'OUTPUT' | 'SUM' | 'MIN' | 'MAX' | 'COUNT'> = {
  UNIQUE: 'UNIQUE', FIRST: 'FIRST', PRIORITY: 'PRIORITY', ANY: 'ANY', COLLECT: 'COLLECT', 'RULE ORDER': 'RULE', 'OUTPUT ORDER': 'OUTPUT',
  'COLLECT SUM': 'SUM', 'COLLECT MIN': 'MIN', 'COLLECT MAX': 'MAX', 'COLLECT COUNT': 'COUNT',
};

/** Which of the rows that match count, in words; in the corner of a table by its letter. */
export function Policy({ policy, short = false }: { policy: string; short?: boolean }) {
  const { t } = useTranslation();
  const known = POLICIES[policy];
  const said = known ? t(`rules.policy.${known}`) : policy;
  const letter = policy.startsWith('COLLECT') ? `C${{ SUM: '+', MIN: '<', MAX: '>', COUNT: '#' }[policy.slice(8)] ?? ''}` : policy[0];
  return short ? <abbr title={`${policy}: ${said}`}>{letter}</abbr> : <span><code>{policy}</code> <span className="small">{said}</span></span>;
}

function CellMark({ cell }: { cell: boolean | null | undefined }) {
  const { t } = useTranslation();
  if (cell === undefined) return null;
  return (
    <span className="cellmark">
      <span aria-hidden="true">{cell === null ? '?' : cell ? '✓' : '✗'}</span>
      <span className="unseen">{cell === null ? t('rules.untold') : cell ? t('rules.holds') : t('rules.holdsNot')}</span>
    </span>
  );
}

function RowMark({ tried, row }: { tried: TriedTable | undefined; row: number }) {
  const { t } = useTranslation();
  const found = tried?.rows[row];
  if (!found?.matched) return null;
  return <span className={`rowmark ${found.chosen ? 'chosen' : ''}`}>{found.chosen ? t('rules.chosen') : t('rules.matched')}</span>;
}

function Asked({ value }: { value: unknown }) {
  const said = useValue();
  return <code>{typeof value === 'object' && value !== null ? JSON.stringify(value) : said(String(value ?? 'null'))}</code>;
}
