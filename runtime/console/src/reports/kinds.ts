import type { Form } from '../api/client';
import type { PeriodKind } from './periods';

/** The periods that a form can be looked at for: days, and months that add them up. */
export function kindsOf(_form: Form): PeriodKind[] {
  return ['day', 'month'];
}
