import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Flow, type FlowQuery } from '../api/client';
import { useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { Dialog } from '../parts/Dialog';
import { save } from '../parts/save';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import { COLUMNS, CSV_HEAD, csvLines } from './csv';
import { dayOf, queryOf, type Filters } from './filters';
import { Workbook, type Cell } from './xlsx';

const PAGE = 500;
/** A sheet holds 1,048,576 rows. */
const MOST = 1_000_000;
const WIDTHS = [37, 12, 24, 30, 24, 16, 14, 10, 24, 24, 24, 9, 7, 9, 20, 60];

/** What takes pages of flows and is a file in the end. */
type Sink = { add: (flows: readonly Flow[]) => void; end: () => Blob };

type Props = {
  filters: Filters;
  /** Of what is found only these; of which those that are listed are known already. */
  only?: { ids: ReadonlySet<string>; flows: readonly Flow[] };
  onClose: () => void;
};

/** Takes all that is found, or what is chosen of it, to a file, page by page; it can be stopped, and says when there was more than it takes. */
export function Export({ filters, only, onClose }: Props) {
  const { t } = useTranslation();
  const { now, zone } = useClock();
  const { number } = useSpans();
  const sheet = useSheet();
  const [kind, setKind] = useState<'xlsx' | 'csv'>('xlsx');
  const [count, setCount] = useState(0);
  const [state, setState] = useState<'asked' | 'running' | 'done' | 'cut' | 'failed'>('asked');
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(null);

  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const abort = new AbortController();
    running.current = abort;
    setState('running');
    setCount(0);
    const query = queryOf(filters, now(), zone);
    query.to ??= now().toISOString(); // what arrives meanwhile would move the pages
    const sink = kind === 'xlsx' ? sheet() : lines();
    let taken = 0;
    let more = false;
    try {
      for await (const page of only ? chosenOf(only) : pagesOf(query, abort.signal)) {
        if (abort.signal.aborted) return;
        sink.add(page.records);
        taken += page.records.length;
        setCount(taken);
        more = page.more;
        if (taken >= MOST) break;
      }
      if (abort.signal.aborted) return;
      save(sink.end(), `yuzui-records-${dayOf(now(), zone)}.${kind}`);
      setState(more ? 'cut' : 'done');
    } catch (e) {
      if (abort.signal.aborted) return;
      setError(e);
      setState('failed');
    }
  };

  return (
    <Dialog title={t('export.heading')} onClose={onClose} footer={state === 'asked' || state === 'failed'
      ? <Button type="primary" onClick={() => void run()}>{t('export.run')}</Button>
      : <Button onClick={onClose}>{state === 'running' ? t('export.stop') : t('act.close')}</Button>}>
      <p>{only ? t('export.textChosen', { count: only.ids.size, number: number(only.ids.size) }) : t('export.text', { number: number(MOST) })}</p>
      {state === 'asked' && (
        <Choice label={t('export.kind')} value={kind} onChange={setKind} options={(['xlsx', 'csv'] as const).map((value) => ({ value, label: t(`exportKind.${value}`) }))} />
      )}
      <p className="small">{t('export.guard')}</p>
      <p role="status" className="count">
        {state === 'running' && t('export.running', { count, number: number(count) })}
        {state === 'done' && t('export.done', { count, number: number(count) })}
        {state === 'cut' && t('export.cut', { number: number(count) })}
      </p>
      {state === 'failed' && <Wrong error={error} />}
    </Dialog>
  );
}

type Part = { records: readonly Flow[]; more: boolean };

async function* pagesOf(query: FlowQuery, signal: AbortSignal): AsyncGenerator<Part> {
  let cursor: string | undefined;
  do {
    const page = await api.records({ ...query, limit: PAGE, cursor }, signal);
    cursor = page.next ?? undefined;
    yield { records: page.records, more: cursor !== undefined };
  } while (cursor !== undefined);
}

async function* chosenOf({ ids, flows }: NonNullable<Props['only']>): AsyncGenerator<Part> {
  const listed = flows.filter((flow) => ids.has(flow.id));
  yield { records: listed, more: false };
  const known = new Set(listed.map((flow) => flow.id));
  for (const id of ids) if (!known.has(id)) yield { records: [(await api.record(id)).flow], more: false };
}

/** A CSV file for other programs: ids and codes as they are. */
function lines(): Sink {
  const parts: Blob[] = [new Blob([CSV_HEAD])];
  return {
    add: (flows) => parts.push(new Blob([csvLines(flows)])),
    end: () => new Blob(parts, { type: 'text/csv;charset=utf-8' }),
  };
}

/** A workbook for people: names in their language. */
function useSheet(): () => Sink {
  const { t } = useTranslation();
  const names = useNames();
  const said = (flow: Flow, column: (typeof COLUMNS)[number]): Cell => {
    const value = flow[column];
    if (value === null) return null;
    switch (column) {
      case 'status': return t(`flowStatus.${flow.status}`);
      case 'contract': return names.contract(String(value));
      case 'unit': return names.unit(String(value));
      case 'plugin': return value === SITE ? t('record.site') : names.plugin(String(value));
      default: return value;
    }
  };
  return () => {
    const book = new Workbook(COLUMNS.map((name) => t(`exportColumn.${name}`)), WIDTHS);
    return { add: (flows) => book.add(flows.map((flow) => COLUMNS.map((name) => said(flow, name)))), end: () => book.end() };
  };
}
