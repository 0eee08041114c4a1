import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isShortcut } from '../parts/shortcuts';
import { trail } from '../records/trail';

/** From a record to the ones beside it in the list that it was opened from, by j and k too; Back still leads to that list. */
export function Neighbours({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { before, after } = trail.beside(id);

  useEffect(() => {
    trail.open(id);
    const move = (e: KeyboardEvent) => {
      const to = e.key === 'j' ? after : e.key === 'k' ? before : undefined;
      if (to && isShortcut(e)) void navigate({ to: '/records/$id', params: { id: to }, replace: true });
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [id, before, after, navigate]);

  const link = (to: string | undefined, text: string, way: string) => to && (
    <Link to="/records/$id" params={{ id: to }} replace aria-label={text} title={text}>
      <svg viewBox="0 0 16 16" width="16" height="16" className="line" aria-hidden="true"><path d={way} /></svg>
    </Link>
  );
  return (before || after) && (
    <nav className="neighbours" aria-label={t('record.neighbours')}>
      {link(before, t('keys.previous'), 'M3 10 8 5l5 5')}
      {link(after, t('keys.next'), 'M3 6l5 5 5-5')}
    </nav>
  );
}
