import { useTranslation } from 'react-i18next';
import { CallError } from '../api/client';
import { problemIn } from '../trouble/causes';

/** What went wrong in the reader's language where there is a text for it, and then also as the hub said it; else as the hub said it. */
export function useProblem() {
  const { t, i18n } = useTranslation();
  return (error: unknown): { said: string; original: string | null } => {
    const problem = error instanceof CallError ? error.problem : undefined;
    switch (problem?.code) {
      case undefined: return { said: t('error.unreachable'), original: null };
      case 'unauthorized': return { said: t('error.unauthorized'), original: null };
      case 'too-many-log-ins': return { said: t('error.too-many-log-ins'), original: null };
      default: return problemIn(i18n.language, { code: problem!.code, message: problem!.detail, cure: problem!.cure });
    }
  };
}

/** The same as one text. */
export function useProblemText() {
  const problem = useProblem();
  return (error: unknown): string => {
    const { said, original } = problem(error);
    return original === null ? said : `${said}（${original}）`;
  };
}
