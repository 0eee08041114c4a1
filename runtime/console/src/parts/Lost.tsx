import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTitle } from './title';

/** An address that leads nowhere. */
export function Lost() {
  const { t } = useTranslation();
  useTitle(t('lost.heading'));
  return (
    <section className="panel">
      <h1>{t('lost.heading')}</h1>
      <p className="empty">{t('lost.text')}</p>
      <Link to="/">{t('nav.overview')}</Link>
    </section>
  );
}
