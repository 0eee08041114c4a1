import { useTranslation } from 'react-i18next';
import type { OverviewCell } from '../../api/reporting';

/** What a cell of the map says in words. */
export function useCellWords() {
  const { t } = useTranslation();
  return (cell: OverviewCell | null): string => {
    if (!cell) return t('heat.nobody');
    const counts = [
      t('heat.received', { received: cell.received, expected: cell.expected }),
      cell.missing > 0 && t('heat.missing', { count: cell.missing }),
      cell.returned > 0 && t('heat.returned', { count: cell.returned }),
      cell.late > 0 && t('heat.lateCount', { count: cell.late }),
    ].filter(Boolean).join(t('heat.comma'));
    return `${t(`standing.${cell.state}`)} · ${counts}`;
  };
}
