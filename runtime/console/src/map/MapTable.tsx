import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveMap, MapEdge, MapNode } from '../api/client';
import { useNames } from '../api/queries';
import { Mark } from '../parts/Mark';
import { Scroll } from '../parts/Scroll';
import { useSpans } from '../parts/spans';
import { useWide } from '../parts/wide';
import { NodeWay } from './MapPicture';
import { recordsOf, toneOfNode, useFigures } from './words';

/** As many lines as a phone shows at first, unless more of them are in trouble. */
const SHOWN = 8;
const KINDS: MapNode['kind'][] = ['system', 'plugin', 'contract', 'subscription', 'sink'];

/** The same as the picture says, in rows: what flows from where to where, what is in trouble first. */
export function MapTable({ map }: { map: LiveMap }) {
  const { t } = useTranslation();
  const names = useNames();
  const wide = useWide(720);
  const [all, setAll] = useState(false);
  const { number } = useSpans();
  const { rate, figures } = useFigures();
  const nodes = new Map(map.nodes.map((n) => [n.id, n]));
  const gravity = (e: MapEdge) => e.dead * 1e6 + e.failedLastHour * 1e3 + e.queued;
  const rows = [...map.edges].sort((a, b) => gravity(b) - gravity(a) || order(nodes, a) - order(nodes, b));

  if (!wide) {
    const few = all ? rows : rows.slice(0, Math.max(SHOWN, rows.filter((e) => gravity(e) > 0).length));
    return (
      <>
        <ul className="lines">
          {few.map((e) => (
            <li key={`${e.from} ${e.to}`}>
              <div className="grow">
                <End node={nodes.get(e.from)} names={names} /> <span aria-hidden="true">→</span> <End node={nodes.get(e.to)} names={names} />
                <div className="small">{figures(e).join(' · ') || t('map.still')}</div>
              </div>
              <Link to="/records" search={recordsOf(e)} className="small">{t('map.records')}</Link>
            </li>
          ))}
        </ul>
        {few.length < rows.length && <Button onClick={() => setAll(true)}>{t('map.more', { count: rows.length - few.length })}</Button>}
      </>
    );
  }
  return (
    <Scroll label={t('map.heading')}>
      <table className="grid short">
        <thead>
          <tr>
            <th scope="col">{t('map.from')}</th><th scope="col">{t('map.to')}</th>
            <th scope="col" className="number">{t('map.rate')}</th><th scope="col" className="number">{t('map.waiting')}</th>
            <th scope="col" className="number">{t('map.deadHead')}</th><th scope="col" className="number">{t('map.failedHead')}</th>
            <th scope="col"><span className="unseen">{t('map.records')}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((e) => (
            <tr key={`${e.from} ${e.to}`}>
              <td><End node={nodes.get(e.from)} names={names} /></td>
              <td><End node={nodes.get(e.to)} names={names} /></td>
              <td className="number">{rate(e.perSecond)}</td>
              <td className="number">{number(e.queued)}</td>
              <td className={e.dead > 0 ? 'number bad' : 'number'}>{number(e.dead)}</td>
              <td className={e.failedLastHour > 0 ? 'number bad' : 'number'}>{number(e.failedLastHour)}</td>
              <td><Link to="/records" search={recordsOf(e)}>{t('map.records')}</Link></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function order(nodes: Map<string, MapNode>, e: MapEdge): number {
  return KINDS.indexOf(nodes.get(e.from)?.kind ?? 'sink');
}

function End({ node, names }: { node: MapNode | undefined; names: ReturnType<typeof useNames> }) {
  const { t } = useTranslation();
  if (!node) return null;
  return (
    <span className="end">
      <NodeWay node={node} props={{ className: 'title' }}>{names.title(node.title)}</NodeWay>{' '}
      <span className="small">{t(`mapKind.${node.kind}`)}</span>{' '}
      {node.state !== 'good' && <Mark tone={toneOfNode(node.state)} text={t(`mapState.${node.state}`)} />}
    </span>
  );
}
