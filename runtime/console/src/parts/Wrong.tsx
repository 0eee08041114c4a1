import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblem } from './problems';

/** What went wrong, and another try. */
export function Wrong({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { said, original } = useProblem()(error);
  return (
    <Alert type="error" showIcon role="alert" title={said} description={original && <span className="small" lang="en">{original}</span>}
      action={onRetry && <Button size="small" onClick={onRetry}>{t('error.retry')}</Button>} />
  );
}
