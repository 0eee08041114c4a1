import type { Form } from '../api/client';
import { KINDS, type PeriodKind } from './periods';

/** The periods that a form can be looked at for: those made up of whole ones of its own. Weeks make up nothing longer. */
export function kindsOf({ period }: Pick<Form, 'period'>): PeriodKind[] {
  const longer = KINDS.slice(KINDS.indexOf(period));
  return period === 'week' ? ['week'] : period === 'day' ? [...KINDS] : longer;
}
