import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';
import { followsGo, HELP, isShortcut, SEARCH } from './shortcuts';

const PLACES = { o: '/', r: '/records', t: '/trouble', p: '/plugins', s: '/schedules', u: '/rules', e: '/reports', a: '/audit' } as const;

/** Keys that hold on every page: `g` and a letter, `/`, `?`. None is taken while somebody types. */
export function Keys() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);

  useEffect(() => {
    let went: number | undefined;
    const pressed = (e: KeyboardEvent) => {
      if (!isShortcut(e)) return;
      const place = followsGo(went, performance.now()) ? PLACES[e.key as keyof typeof PLACES] : undefined;
      went = e.key === 'g' ? performance.now() : undefined;
      if (place) {
        e.preventDefault();
        void navigate({ to: place });
      } else if (e.key === '/') {
        e.preventDefault();
        const box = document.querySelector<HTMLInputElement>(`#${SEARCH}`);
        if (box) box.focus();
        else void navigate({ to: '/records' }).then(() => setTimeout(() => document.getElementById(SEARCH)?.focus(), 50));
      } else if (e.key === '?') {
        e.preventDefault();
        setHelp(true);
      }
    };
    const asked = () => setHelp(true);
    document.addEventListener('keydown', pressed);
    document.addEventListener(HELP, asked);
    return () => {
      document.removeEventListener('keydown', pressed);
      document.removeEventListener(HELP, asked);
    };
  }, [navigate]);

  const row = (text: string, ...keys: string[]) => (
    <div><dt>{keys.map((k) => <kbd key={k}>{k}</kbd>)}</dt><dd>{text}</dd></div>
  );
  return help && (
    <Dialog title={t('keys.heading')} onClose={() => setHelp(false)}>
      <dl className="keys">
        {row(t('nav.overview'), 'g', 'o')}
        {row(t('nav.records'), 'g', 'r')}
        {row(t('nav.trouble'), 'g', 't')}
        {row(t('nav.plugins'), 'g', 'p')}
        {row(t('nav.schedules'), 'g', 's')}
        {row(t('nav.rules'), 'g', 'u')}
        {row(t('nav.reports'), 'g', 'e')}
        {row(t('nav.audit'), 'g', 'a')}
        {row(t('keys.search'), '/')}
        {row(t('keys.next'), 'j')}
        {row(t('keys.previous'), 'k')}
        {row(t('keys.open'), 'Enter')}
        {row(t('keys.choose'), 'x')}
        {row(t('keys.chooseTo'), '⇧', 'x')}
        {row(t('keys.refresh'), 'r')}
        {row(t('keys.pause'), 'p')}
        {row(t('keys.help'), '?')}
      </dl>
      <p className="small">{t('keys.hint')}</p>
    </Dialog>
  );
}
