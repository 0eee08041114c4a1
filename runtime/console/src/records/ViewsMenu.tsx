import { Button, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';
import { useFilterText } from './FilterBar';
import { hasTime, named, type Filters } from './filters';
import { searchOf, useViews, type View } from './views';

/** Searches that are used again; the pinned ones are one click away. */
export function PinnedViews() {
  const { t } = useTranslation();
  const pinned = useViews().views.filter((v) => v.pinned);
  return pinned.length > 0 && (
    <nav className="pinned" aria-label={t('views.pinned')}>
      {pinned.map((v) => (
        <Link key={`${v.by ?? ''} ${v.name}`} to="/records" search={v.filters} activeOptions={{ exact: true }} activeProps={{ className: 'here' }}>{v.name}</Link>
      ))}
    </nav>
  );
}

/** A search in words. */
function Words({ filters }: { filters: Filters }) {
  const { t } = useTranslation();
  const say = useFilterText(filters.cause);
  return <>{[...named(filters).map((name) => say(filters, name)), hasTime(filters) ? say(filters, 'time') : t('span.all')].join(' · ')}</>;
}

export function ViewsDialog({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const { t } = useTranslation();
  const { views, trouble, save, share, pin, remove } = useViews();
  const [name, setName] = useState('');
  const [forAll, setForAll] = useState(false);
  const known = searchOf(filters) !== '';
  const keep = () => {
    const view: View = { name: name.trim(), filters, pinned: true };
    if (forAll && known) share(view);
    else save(view);
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
      <label className="choice"><input type="checkbox" checked={forAll && known} disabled={!known} onChange={(e) => setForAll(e.target.checked)} /> {t('views.forAll')}</label>
      <p className="small"><Words filters={filters} /></p>
      {!known && <p className="small">{t('views.nothingToShare')}</p>}
      {trouble && <Wrong error={trouble} />}
      {views.length > 0 && (
        <ul className="lines">
          {views.map((v) => (
            <li key={`${v.by ?? ''} ${v.name}`}>
              <div className="grow">
                <Link to="/records" search={v.filters} className="title" onClick={onClose}>{v.name}</Link>
                <div className="small">{v.by !== undefined && `${t('views.by', { who: v.by })} · `}<Words filters={v.filters} /></div>
              </div>
              <Button size="small" aria-pressed={v.pinned} onClick={() => pin(v, !v.pinned)}>{v.pinned ? t('views.unpin') : t('views.pin')}</Button>
              <Button size="small" danger aria-label={t('views.removeOf', { name: v.name })} onClick={() => {
                if (v.by === undefined || window.confirm(t('views.removeForAll', { name: v.name }))) remove(v);
              }}>{t('views.remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      <p className="small">{t('views.share')}</p>
    </Dialog>
  );
}
