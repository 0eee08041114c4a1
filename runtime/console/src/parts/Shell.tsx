import { Button, Segmented, Tooltip } from 'antd';
import { useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n';
import { ShadeChoice, type Shade } from '../theme';
import { Logo } from './Logo';
import { askForHelp } from './shortcuts';
import './frame.css';

type Props = {
  onLogOut?: (() => void) | undefined;
  nav?: ReactNode;
  place?: string | undefined;
  status?: ReactNode;
  children: ReactNode;
};

const LANGUAGES: Language[] = ['zh', 'en'];

/** The frame of every page: whose hub it is, and what a reader may choose. */
export function Shell({ onLogOut, nav, place, status, children }: Props) {
  const { t, i18n } = useTranslation();
  const { shade, choose } = useContext(ShadeChoice);
  const other: Shade = shade === 'dark' ? 'light' : 'dark';
  const shadeText = other === 'dark' ? t('app.toDark') : t('app.toLight');

  return (
    <div className="shell">
      <a className="skip" href="#content">{t('app.skip')}</a>
      <header>
        <div className="brand">
          <Logo />
          <span className="name">{t('app.name')}</span>
          {place && <span className="place">{place}</span>}
        </div>
        {nav}
        {status}
        <div className="choices">
          <Segmented<Language> size="small" aria-label={t('app.language')} value={i18n.language as Language}
            onChange={(language) => void i18n.changeLanguage(language)}
            options={LANGUAGES.map((value) => ({ value, label: t(`languageName.${value}`) }))} />
          <Tooltip title={shadeText}>
            <Button type="text" aria-label={shadeText} onClick={() => choose(other)} icon={<ShadeIcon shade={other} />} />
          </Tooltip>
          {nav && (
            <Tooltip title={t('keys.heading')}>
              <Button type="text" className="help" aria-label={t('keys.heading')} onClick={askForHelp} icon={<HelpIcon />} />
            </Tooltip>
          )}
          {onLogOut && <Button type="text" onClick={onLogOut}>{t('app.logOut')}</Button>}
        </div>
      </header>
      <main id="content" tabIndex={-1}>{children}</main>
    </div>
  );
}

function HelpIcon() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" className="line" aria-hidden="true" focusable="false">
      <path d="M2.500 5.500h15v9h-15ZM5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.500h7" />
    </svg>
  );
}

function ShadeIcon({ shade }: { shade: Shade }) {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" className="line" aria-hidden="true" focusable="false">
      {shade === 'dark'
        ? <path d="M16.500 12.200A7 7 0 0 1 7.800 3.500a7 7 0 1 0 8.700 8.700Z" />
        : <path d="M10 6.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7ZM10 1.500v2M10 16.500v2M1.500 10h2M16.500 10h2M4 4l1.400 1.400M14.600 14.600 16 16M16 4l-1.400 1.400M5.400 14.600 4 16" />}
    </svg>
  );
}
