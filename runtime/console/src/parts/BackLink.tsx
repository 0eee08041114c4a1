import { Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Props = { to: '/records' | '/replays' | '/plugins' | '/schedules' | '/rules' | '/reports' };

/** Back to the list as it was left, with its filters; from a link that was opened directly, to the whole list. */
export function BackLink({ to }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const can = useCanGoBack();
  const name = to.slice(1) as 'records' | 'replays' | 'plugins' | 'schedules' | 'rules' | 'reports';
  return (
    <Link to={to} className="back" onClick={(e) => {
      if (!can || e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      router.history.back();
    }}>
      <svg viewBox="0 0 16 16" width="14" height="14" className="line" aria-hidden="true"><path d="M10 3 5 8l5 5" /></svg>
      {can ? t('nav.back') : t(`nav.${name}`)}
    </Link>
  );
}
