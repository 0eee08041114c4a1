import { useTranslation } from 'react-i18next';
import { CallError } from '../api/client';

/** What went wrong in the reader's language where there is a text for it, else as the hub said it. */
export function useProblemText() {
  const { t } = useTranslation();
  return (error: unknown): string => {
    const problem = error instanceof CallError ? error.problem : undefined;
    switch (problem?.code) {
      case undefined: return t('error.unreachable');
      case 'unauthorized': return t('error.unauthorized');
      case 'too-many-log-ins': return t('error.too-many-log-ins');
      default: return [problem?.detail, problem?.cure].filter(Boolean).join(' ');
    }
  };
}
