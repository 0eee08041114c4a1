import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problems';

/** What went wrong, and another try. */
export function Wrong({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <Alert type="error" showIcon role="alert" title={text(error)}
      action={onRetry && <Button size="small" onClick={onRetry}>{t('error.retry')}</Button>} />
  );
}
