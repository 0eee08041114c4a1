import { useTranslation } from 'react-i18next';
import type { Standing, StandingState } from '../api/reporting';
import { Mark, type Tone } from '../parts/Mark';

const TONES: Record<StandingState, Tone> = {
  ACCEPTED: 'good', IN_REVIEW: 'busy', RETURNED: 'warn', MISSING: 'bad', DRAFT: 'busy', OPEN: 'idle', EXCUSED: 'idle',
};

/** Where an answer stands, in a word, and whether it came late. */
export function StandMark({ standing }: { standing: Pick<Standing, 'state' | 'late'> }) {
  const { t } = useTranslation();
  const word = t(`standing.${standing.state}`);
  return <Mark tone={TONES[standing.state]} text={standing.late && standing.state !== 'MISSING' ? t('reporting.lateWord', { word }) : word} />;
}
