import type { StandingState } from '../api/reporting';

/** Where an answer can stand, in the order in which somebody has to do something about it. */
export const STATES: readonly StandingState[] = ['MISSING', 'RETURNED', 'IN_REVIEW', 'DRAFT', 'OPEN', 'ACCEPTED', 'EXCUSED'];
