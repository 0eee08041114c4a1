import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what, label, title }: { text: string | (() => string | Promise<string>); what: string; label?: string; title?: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const take = async () => {
    const wanted = typeof text === 'string' ? text : await text();
    // where a browser lends no clipboard at all, the text is shown to be taken by hand
    copy(wanted).then(() => setDone(true), () => window.prompt(t('act.copyOf', { what }), wanted));
  };
  return (
    <button type="button" className="plain" title={title} aria-label={done || label ? undefined : t('act.copyOf', { what })} onClick={() => void take()}>{done ? t('act.copied') : label ?? t('act.copy')}</button>
  );
}

/** Browsers only lend the clipboard under HTTPS or on this machine; hubs of an inner network are often asked without. */
async function copy(text: string) {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  // what lies outside of an open dialog takes no focus
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const taken = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!taken) throw new Error('not copied');
}
