import { useTranslation } from 'react-i18next';
import type { Flow } from '../api/client';

/** Codes of causes that have a cure of their own here; all others have the one of their kind. */
const KNOWN = new Set(['charset', 'unknown-facility', 'unknown-unit', 'foreign-unit', 'contract-violation', 'rule-violated', 'voucher-unbalanced',
  'closing-wrong', 'unknown-book', 'batch-truncated', 'not-json', 'bad-line', 'unknown-vehicle', 'unknown-terminal', 'unknown-driver',
  'not-authenticated', 'late', 'checksum'] as const);
type Known = typeof KNOWN extends Set<infer C> ? C : never;

const isKnown = (code: string | null): code is Known => code !== null && (KNOWN as Set<string>).has(code);

/** What to do about a cause, for its code, else for the way in which it stopped. */
export function useCure() {
  const { t } = useTranslation();
  return ({ causeCode, status }: Flow): string => {
    if (isKnown(causeCode)) return t(`cure.${causeCode}`);
    switch (status) {
      case 'REFUSED': return t('cure.anyRefused');
      case 'DEAD': return t('cure.anyDead');
      case 'RETRYING': return t('cure.anyRetrying');
      default: return t('cure.anyOther');
    }
  };
}
