import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../api/client';
import { useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfFlow } from '../parts/Mark';
import { isShortcut } from '../parts/shortcuts';
import { useWide } from '../parts/wide';
import { useCauseText } from '../trouble/causes';
import type { Selection } from './selection';
import { trail } from './trail';

type Props = {
  flows: Flow[];
  more: boolean;
  loading: boolean;
  onMore: () => void;
  selection?: Selection;
  onToggle?: (id: string, range: boolean) => void;
  onToggleLoaded?: () => void;
};

const NOTHING: Selection = { all: false, ids: new Set() };
const ignore = () => undefined;

/** How high the rows were when the list was left, so that Back finds the place again. */
let heights: VirtualItem[] = [];

/** Any number of flows; only those in sight are in the page. j and k go through them, x chooses one. */
export function FlowList({ flows, more, loading, onMore, selection = NOTHING, onToggle = ignore, onToggleLoaded }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const wide = useWide(720);
  const box = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const top = box.current ? Math.round(box.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (top !== above) setAbove(top);
  });
  const rows = useWindowVirtualizer({
    count: flows.length,
    estimateSize: () => (wide ? 63 : 112),
    overscan: 12,
    scrollPaddingStart: 190,
    scrollPaddingEnd: 80,
    scrollMargin: above,
    getItemKey: (i) => flows[i]?.id ?? i,
    initialMeasurementsCache: heights,
  });
  useEffect(() => () => {
    heights = rows.measurementsCache;
  }, [rows]);
  useEffect(() => trail.list(flows.map((f) => f.id)), [flows]);
  const opened = trail.opened();
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (more && !loading && last >= flows.length - 30) onMore();
  }, [more, loading, last, flows.length, onMore]);

  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if (!['j', 'k', 'x', 'X'].includes(e.key) || !isShortcut(e)) return;
      const row = document.activeElement?.closest<HTMLElement>('[data-index]');
      if (e.key === 'x' || e.key === 'X') {
        const flow = row && flows[Number(row.dataset.index)];
        if (flow) onToggle(flow.id, e.key === 'X');
        return;
      }
      // from the row that has the focus, else to the one that was opened last
      const wish = row ? Number(row.dataset.index) + (e.key === 'j' ? 1 : -1) : flows.findIndex((f) => f.id === trail.opened());
      const to = Math.max(0, Math.min(flows.length - 1, wish));
      rows.scrollToIndex(to, { align: 'auto' });
      const focus = (tries: number) => requestAnimationFrame(() => {
        const link = box.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`);
        if (link) link.focus({ preventScroll: true });
        else if (tries > 0) focus(tries - 1);
      });
      focus(10);
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [flows, rows, onToggle]);
  const chosen = (id: string) => selection.all || selection.ids.has(id);
  const allLoaded = flows.length > 0 && flows.every((f) => chosen(f.id));
  const some = selection.all || selection.ids.size > 0;

  return (
    <div className="flows" role="table" aria-label={t('records.found')} aria-rowcount={more ? -1 : flows.length + 1}>
      <div role="rowgroup" className={wide ? 'top' : 'unseen'}>
        <div role="row" aria-rowindex={1} className="flow">
          <span role="columnheader" className="pick">
            {onToggleLoaded && <input type="checkbox" aria-label={t('select.loaded')} checked={allLoaded} tabIndex={wide ? 0 : -1}
              ref={(box) => { if (box) box.indeterminate = some && !allLoaded; }} onChange={onToggleLoaded} />}
          </span>
          <span role="columnheader">{t('records.time')}</span>
          <span role="columnheader">{t('records.status')}</span>
          <span role="columnheader">{t('records.record')}</span>
          <span role="columnheader">{t('records.unit')}</span>
          <span role="columnheader">{t('records.source')}</span>
        </div>
      </div>
      <div ref={box} role="rowgroup" className="rows" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const flow = flows[item.index];
          return flow && (
            <div key={item.key} ref={rows.measureElement} data-index={item.index} role="row" aria-rowindex={item.index + 2}
              className={['flow', flow.id === opened && 'last', chosen(flow.id) && 'chosen'].filter(Boolean).join(' ')} style={{ transform: `translateY(${item.start - above}px)` }}>
              <span role="cell" className="pick">
                {onToggleLoaded && <input type="checkbox" checked={chosen(flow.id)} aria-label={t('select.one', { key: flow.key ?? flow.sourceId ?? flow.id })}
                  onChange={() => undefined} onClick={(e) => onToggle(flow.id, e.shiftKey)} />}
              </span>
              <Cells flow={flow} names={names} time={time} />
            </div>
          );
        })}
      </div>
      {loading && <p className="small more" role="status">{t('records.loading')}</p>}
    </div>
  );
}

type CellsProps = { flow: Flow; names: ReturnType<typeof useNames>; time: (instant: string) => string };

function Cells({ flow, names, time }: CellsProps) {
  const { t } = useTranslation();
  const say = useCauseText();
  return (
    <>
      <time role="cell" dateTime={flow.firstAt}>{time(flow.firstAt)}</time>
      <span role="cell" className="status"><Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} /></span>
      <div role="cell" className="record">
        <Link to="/records/$id" params={{ id: flow.id }} className="title" onClick={() => trail.open(flow.id)}>
          {flow.contract ? names.contract(flow.contract) : t('records.noContract')}
        </Link>
        {flow.key && <span className="key">{flow.key}</span>}
        {flow.arrivals > 1 && <span className="small">{t('records.arrivals', { count: flow.arrivals })}</span>}
        {flow.cause && <div className="cause" title={flow.cause}>{say(flow)}</div>}
      </div>
      <span role="cell" className="unit" title={flow.unit ? names.unit(flow.unit) : undefined}>{flow.unit && names.unit(flow.unit)}</span>
      <div role="cell" className="source">
        <div title={flow.sourceId ?? undefined}>{[flow.sourceType, flow.sourceId].filter(Boolean).join(' · ')}</div>
        <div className="small">{flow.source}</div>
      </div>
    </>
  );
}
