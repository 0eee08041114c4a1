import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveMap, MapEdge, MapNode } from '../api/client';
import { useNames } from '../api/queries';
import { Sign } from '../parts/Mark';
import { readFilters } from '../records/filters';
import { HEIGHT, place, shapeOf, strength, WIDTH, type Drawn, type Layout } from './layout';
import { recordsOf, toneOfNode, useFigures } from './words';

const SMALLEST = 0.62;
const STEP = 1.2;

/** The picture: nodes are links, for the keyboard too; the figures between them are for the mouse, and stand in the table for everybody. */
export function MapPicture({ map }: { map: LiveMap }) {
  const { t } = useTranslation();
  const shape = shapeOf(map);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the places depend on the shape alone
  const layout = useMemo(() => place(map), [shape]);
  const now = useMemo(() => ({
    nodes: new Map(map.nodes.map((n) => [n.id, n])), edges: new Map(map.edges.map((e) => [`${e.from} ${e.to}`, e])),
  }), [map]);
  const [hot, setHot] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const room = useWidth(box);
  const fitting = room > 0 ? Math.max(SMALLEST, Math.min(1, room / layout.width)) : 1;
  const scale = zoom ?? fitting;
  const edgeOf = (drawn: Drawn) => now.edges.get(`${drawn.edge.from} ${drawn.edge.to}`) ?? drawn.edge;
  const near = useMemo(() => neighbours(layout, hot), [layout, hot]);

  return (
    <>
      <div className="mapbox" ref={box}>
        <div className="sheet" style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div className={hot ? 'plan hot' : 'plan'} style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}>
            <svg width={layout.width} height={layout.height} aria-hidden="true" focusable="false">
              <defs>
                <marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0 8 4 0 8Z" /></marker>
              </defs>
              {layout.edges.map((drawn) => {
                const e = edgeOf(drawn);
                return (
                  <path key={`${e.from} ${e.to}`} d={drawn.path} markerEnd="url(#map-arrow)" style={{ strokeWidth: strength(e.perSecond) }}
                    className={[toneOfEdge(e), e.perSecond > 0 && 'flowing', near && (near.has(e.from) && near.has(e.to) && (e.from === hot || e.to === hot)) && 'near'].filter(Boolean).join(' ')} />
                );
              })}
            </svg>
            {layout.nodes.map(({ node, x, y }) => (
              <NodeLink key={node.id} node={now.nodes.get(node.id) ?? node} x={x} y={y} near={near?.has(node.id) ?? false} onHot={setHot} />
            ))}
            {layout.edges.map((drawn) => <EdgeLink key={`${drawn.edge.from} ${drawn.edge.to}`} edge={edgeOf(drawn)} at={drawn.middle} />)}
          </div>
        </div>
      </div>
      <div className="legend">
        <ul>
          {(['good', 'busy', 'trouble', 'bad', 'idle'] as const).map((state) => (
            <li key={state}><Sign tone={toneOfNode(state)} /> {t(`mapState.${state}`)}</li>
          ))}
        </ul>
        <div className="acts">
          <Button size="small" aria-label={t('map.smaller')} onClick={() => setZoom(Math.max(0.3, scale / STEP))}>−</Button>
          <Button size="small" onClick={() => setZoom(null)}>{t('map.fit')}</Button>
          <Button size="small" aria-label={t('map.larger')} onClick={() => setZoom(Math.min(2, scale * STEP))}>+</Button>
        </div>
      </div>
    </>
  );
}

function toneOfEdge(e: MapEdge) {
  return e.dead > 0 || e.failedLastHour > 0 ? 'bad' : e.queued >= 100 ? 'busy' : 'calm';
}

/** The node with all that it is joined to; null when none is looked at. */
function neighbours(layout: Layout, hot: string | null): Set<string> | null {
  if (!hot) return null;
  const near = new Set([hot]);
  layout.edges.forEach(({ edge }) => {
    if (edge.from === hot) near.add(edge.to);
    if (edge.to === hot) near.add(edge.from);
  });
  return near;
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(box.current?.clientWidth ?? 0), [box]);
  useEffect(() => {
    const seen = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0));
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, [box]);
  return width;
}

type NodeProps = { node: MapNode; x: number; y: number; near: boolean; onHot: (id: string | null) => void };

function NodeLink({ node, x, y, near, onHot }: NodeProps) {
  const { t } = useTranslation();
  const names = useNames();
  const title = names.title(node.title);
  const props = {
    className: `node ${node.kind} ${toneOfNode(node.state)}${near ? ' near' : ''}`,
    style: { left: x, top: y, width: WIDTH, height: HEIGHT },
    title: [title, node.ref === title ? null : node.ref, node.detail].filter(Boolean).join('\n'),
    onMouseEnter: () => onHot(node.id), onMouseLeave: () => onHot(null), onFocus: () => onHot(node.id), onBlur: () => onHot(null),
  };
  const inside = (
    <>
      <Sign tone={toneOfNode(node.state)} />
      <span className="words">
        <span className="name">{node.kind === 'subscription' ? title.replace(/^[^/]*\//, '') : title}</span>
        <span className="sort">{t(`mapKind.${node.kind}`)}{node.plugin && node.kind !== 'plugin' && node.kind !== 'contract' ? ` · ${node.plugin}` : node.kind === 'contract' ? ` · ${node.ref}` : ''}</span>
      </span>
      <span className="unseen">: {t(`mapState.${node.state}`)}</span>
    </>
  );
  return <NodeWay node={node} props={props}>{inside}</NodeWay>;
}

/** Where a node leads: a contract to its records, a report to the reports, all else to the plugin. */
export function NodeWay({ node, props, children }: { node: MapNode; props: object; children: ReactNode }) {
  if (node.kind === 'contract') return <Link {...props} to="/records" search={readFilters({ contract: node.ref, time: 'week' })}>{children}</Link>;
  if (node.ref.startsWith('report:')) return <Link {...props} to="/reports">{children}</Link>;
  if (node.plugin && node.kind === 'plugin' && node.plugin !== 'site') return <Link {...props} to="/plugins/$id" params={{ id: node.plugin }}>{children}</Link>;
  if (node.plugin) return <Link {...props} to="/plugins/$id" params={{ id: node.plugin }} search={{ tab: 'routes' }}>{children}</Link>;
  return <Link {...props} to="/records" search={readFilters({ time: 'week' })}>{children}</Link>;
}

/** For the mouse: a figure is small, and others may lie close to it. By keyboard and for readers the table has the same links. */
function EdgeLink({ edge, at }: { edge: MapEdge; at: { x: number; y: number } }) {
  const { figures, short, troubled } = useFigures();
  const said = figures(edge);
  if (said.length === 0) return null;
  return (
    <Link to="/records" search={recordsOf(edge)} className={`figures ${toneOfEdge(edge)}`} style={{ left: at.x, top: at.y }} title={said.join('\n')}
      tabIndex={-1} aria-hidden="true">
      {short(edge).map((figure) => <span key={figure}>{figure}</span>)}
      {troubled(edge) && <span className="stopped"><Sign tone="bad" />{troubled(edge)}</span>}
    </Link>
  );
}
