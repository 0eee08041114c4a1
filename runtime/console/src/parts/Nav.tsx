import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Place = { to: '/' | '/records' | '/plugins' | '/schedules' | '/rules' | '/reports'; name: 'overview' | 'records' | 'plugins' | 'schedules' | 'rules' | 'reports' };

const PLACES: Place[] = [
  { to: '/', name: 'overview' },
  { to: '/records', name: 'records' },
  { to: '/plugins', name: 'plugins' },
  { to: '/schedules', name: 'schedules' },
  { to: '/rules', name: 'rules' },
  { to: '/reports', name: 'reports' },
];

const ICONS: Record<Place['name'], string> = {
  overview: 'M2 10c3 0 4-2.500 8-2.500M2 10c3 0 4 2.500 8 2.500M10 7.500c3 0 4-3.500 8-3.500M10 12.500c3 0 4 3.500 8 3.500',
  records: 'M4 5h12M4 10h12M4 15h7',
  plugins: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0ZM10 15v3',
  schedules: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6v4l3 2',
  rules: 'M3 4h14v12H3ZM3 8h14M3 12h14M8 4v12',
  reports: 'M4 17V9M10 17V4M16 17v-6',
};

/** The pages: a line in the header where there is room, a bar at the thumb on a phone. */
export function Nav() {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <ul>
        {PLACES.map(({ to, name }) => (
          <li key={name}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ className: 'here', 'aria-current': 'page' }}>
              <svg viewBox="0 0 20 20" width="18" height="18" className="line" aria-hidden="true" focusable="false"><path d={ICONS[name]} /></svg>
              <span>{t(`nav.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
