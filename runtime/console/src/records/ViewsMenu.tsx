import { Button, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/Dialog';
import { useFilterText } from './FilterBar';
import { hasTime, named, type Filters } from './filters';
import { useViews } from './views';

/** Searches that are used again; the pinned ones are one click away. */
export function PinnedViews() {
  const { t } = useTranslation();
  const pinned = useViews().views.filter((v) => v.pinned);
  return pinned.length > 0 && (
    <nav className="pinned" aria-label={t('views.pinned')}>
      {pinned.map((v) => (
        <Link key={v.name} to="/records" search={v.filters} activeOptions={{ exact: true }} activeProps={{ className: 'here' }}>{v.name}</Link>
      ))}
    </nav>
  );
}

export function ViewsDialog({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useFilterText();
  const { views, save, pin, remove } = useViews();
  const [name, setName] = useState('');
  const words = (f: Filters) => [...named(f).map((n) => say(f, n)), hasTime(f) ? say(f, 'time') : t('span.all')].join(' · ');
  const keep = () => {
    save({ name: name.trim(), filters, pinned: true });
    setName('');
  };

  return (
    <Dialog title={t('views.heading')} onClose={onClose}>
      <form className="rowform" onSubmit={(e) => {
        e.preventDefault();
        if (name.trim()) keep();
      }}>
        <label><span>{t('views.name')}</span><Input value={name} maxLength={60} onChange={(e) => setName(e.target.value)} /></label>
        <Button type="primary" htmlType="submit" disabled={!name.trim()}>{t('views.save')}</Button>
      </form>
      <p className="small">{words(filters)}</p>
      {views.length > 0 && (
        <ul className="lines">
          {views.map((v) => (
            <li key={v.name}>
              <div className="grow">
                <Link to="/records" search={v.filters} className="title" onClick={onClose}>{v.name}</Link>
                <div className="small">{words(v.filters)}</div>
              </div>
              <Button size="small" aria-pressed={v.pinned} onClick={() => pin(v.name, !v.pinned)}>{v.pinned ? t('views.unpin') : t('views.pin')}</Button>
              <Button size="small" danger aria-label={t('views.removeOf', { name: v.name })} onClick={() => remove(v.name)}>{t('views.remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      <p className="small">{t('views.share')}</p>
    </Dialog>
  );
}
