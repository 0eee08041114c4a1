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

type Props = { flows: Flow[]; more: boolean; loading: boolean; onMore: () => void };

/** The flow that was opened last: a reader who comes back finds it marked. */
let opened: string | undefined;
/** How high the rows were when the list was left, so that Back finds the place again. */
let heights: VirtualItem[] = [];

/** Any number of flows; only those in sight are in the page. j and k go through them. */
export function FlowList({ flows, more, loading, onMore }: Props) {
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
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (more && !loading && last >= flows.length - 30) onMore();
  }, [more, loading, last, flows.length, onMore]);

  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if ((e.key !== 'j' && e.key !== 'k') || !isShortcut(e)) return;
      const row = document.activeElement?.closest<HTMLElement>('[data-index]');
      // from the row that has the focus, else to the one that was opened last
      const wish = row ? Number(row.dataset.index) + (e.key === 'j' ? 1 : -1) : flows.findIndex((f) => f.id === opened);
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
  }, [flows, rows]);

  return (
    <div className="flows" role="table" aria-label={t('records.found')} aria-rowcount={more ? -1 : flows.length + 1}>
      <div role="rowgroup" className={wide ? 'top' : 'unseen'}>
        <div role="row" aria-rowindex={1} className="flow">
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
              className={flow.id === opened ? 'flow last' : 'flow'} style={{ transform: `translateY(${item.start - above}px)` }}>
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
  return (
    <>
      <time role="cell" dateTime={flow.firstAt}>{time(flow.firstAt)}</time>
      <span role="cell" className="status"><Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} /></span>
      <div role="cell" className="record">
        <Link to="/records/$id" params={{ id: flow.id }} className="title" onClick={() => { opened = flow.id; }}>
          {flow.contract ? names.contract(flow.contract) : t('records.noContract')}
        </Link>
        {flow.key && <span className="key">{flow.key}</span>}
        {flow.arrivals > 1 && <span className="small">{t('records.arrivals', { count: flow.arrivals })}</span>}
        {flow.cause && <div className="cause">{flow.cause}</div>}
      </div>
      <span role="cell" className="unit">{flow.unit && names.unit(flow.unit)}</span>
      <div role="cell" className="source">
        <div>{[flow.sourceType, flow.sourceId].filter(Boolean).join(' · ')}</div>
        <div className="small">{flow.source}</div>
      </div>
    </>
  );
}
