import { useTranslation } from 'react-i18next';
import type { Total } from '../api/client';

/** How many of the expected submissions are there. */
export function Completeness({ total }: { total: Pick<Total, 'expected' | 'received'> }) {
  const { t } = useTranslation();
  const { expected, received } = total;
  const whole = expected > 0 && received >= expected;
  return (
    <div className={expected === 0 ? 'complete none' : whole ? 'complete whole' : 'complete part'}>
      <progress max={Math.max(1, expected)} value={received} aria-label={t('reports.completeness')} />
      <span>{expected === 0 ? t('reports.nothingDue') : `${received}/${expected}`}</span>
    </div>
  );
}
