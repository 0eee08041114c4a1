import { useTranslation } from 'react-i18next';
import { useNames } from '../api/queries';
import { useTree } from './tree';
import type { ReactNode } from 'react';
import type { Unit } from '../api/client';

type Props = { unit: string | undefined; label?: string; link: (unit: Unit, name: string) => ReactNode };

/** From the province down to the unit that is shown; each but the last is a way up. */
export function Path({ unit, label, link }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const way = useTree()?.way(unit ?? '') ?? [];
  return way.length > 0 && (
    <nav className="path" aria-label={label ?? t('reports.path')}>
      <ol>
        {way.map((u, i) => (
          <li key={u.code}>
            {i === way.length - 1 ? <b aria-current="page">{names.unit(u.code)}</b> : link(u, names.unit(u.code))}
          </li>
        ))}
      </ol>
    </nav>
  );
}
