import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Puts a text on the clipboard and says so. Browsers only have one under HTTPS or on this machine. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  return 'clipboard' in navigator && (
    <button type="button" className="plain" aria-label={done || label ? undefined : t('act.copyOf', { what })}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}>{done ? t('act.copied') : label ?? t('act.copy')}</button>
  );
}
