import { useTranslation } from 'react-i18next';
import type { RuleElement } from '../api/client';
import { useNames } from '../api/queries';
import { Scroll } from '../parts/Scroll';
import { layOut, NODE } from './graph';

/** What stands on what: inputs at the left, what is decided at the right. Each name leads to its place on the page. */
export function GraphView({ elements }: { elements: RuleElement[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const { nodes, edges, width, height } = layOut(elements);
  return (
    <Scroll label={t('rules.graph')}>
      <svg className="drg" width={width + 4} height={height + 4} viewBox={`-2 -2 ${width + 4} ${height + 4}`} role="group" aria-label={t('rules.graph')}>
        {edges.map(({ from, to }, i) => {
          const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
          return <path key={i} className="edge" d={`M${x1} ${y1}C${x1 + 28} ${y1} ${x2 - 28} ${y2} ${x2} ${y2}`} />;
        })}
        {nodes.map(({ element, x, y }) => (
          <a key={element.name} href={`#${placeOf(element)}`} aria-label={`${t(`rules.kind.${element.kind}`)}: ${names.title(element.title)}`}>
            <title>{names.title(element.title)}</title>
            <rect className={element.kind} x={x} y={y} width={NODE.width} height={NODE.height} rx={element.kind === 'INPUT' ? 20 : 6} />
            <text x={x + NODE.width / 2} y={y + NODE.height / 2 + 5} textAnchor="middle">{fitted(names.title(element.title))}</text>
          </a>
        ))}
      </svg>
    </Scroll>
  );
}

export const placeOf = (element: RuleElement) => `element-${encodeURIComponent(element.name)}`;

/** As much of a name as a node is wide: a Chinese letter takes two places. */
function fitted(name: string): string {
  let cells = 0;
  for (let i = 0; i < name.length; i++) {
    cells += name.charCodeAt(i) > 0x2e80 ? 2 : 1;
    if (cells > 21) return `${name.slice(0, i - 1)}…`;
  }
  return name;
}
