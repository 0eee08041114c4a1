import { Button } from 'antd';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useClock } from '../parts/clock';
import { CopyButton } from '../parts/CopyButton';
import { Loading } from '../parts/Loading';
import { isShortcut } from '../parts/shortcuts';
import { useWide } from '../parts/wide';
import { Wrong } from '../parts/Wrong';
import { Export } from './Export';
import { Facets } from './Facets';
import { FilterBar } from './FilterBar';
import { fixed, type Filters, withMore } from './filters';
import { FlowList } from './FlowList';
import { Nothing } from './Nothing';
import { Omnibox } from './Omnibox';
import { SelectionBar } from './SelectionBar';
import { useSelection } from './selection';
import { useContentSearch } from './useContentSearch';
import { useFlows } from './useFlows';
import { searchOf } from './views';
import { PinnedViews, ViewsDialog } from './ViewsMenu';

const here = getRouteApi('/records');

/** Every record that the hub has seen, narrowed by what the address says. */
export function Records() {
  const { t } = useTranslation();
  const filters = here.useSearch();
  const navigate = here.useNavigate();
  const router = useRouter();
  const [paused, setPaused] = useState(false);
  const [dialog, setDialog] = useState<'views' | 'export' | 'export-chosen' | null>(null);
  const { flows, waiting, refresh, failed, found } = useFlows(filters, paused);
  const { fetchNextPage } = found;
  const { now, zone } = useClock();
  const contents = useContentSearch(filters);
  const { selection, toggle, none, all, loaded } = useSelection(filters, flows);
  const chosen = selection.all || selection.ids.size > 0;
  const wide = useWide(1100);

  const change = (next: Filters) => {
    window.scrollTo(0, 0);
    void navigate({ search: next });
  };
  const link = async () => {
    const search = fixed(filters, now(), zone);
    const whole = window.location.origin + router.buildLocation({ to: '/records', search }).href;
    if (searchOf(search) === '') return whole;
    // where no short one can be had, the whole address does as well
    return api.keepLink(searchOf(search)).then((id) => `${window.location.origin}/l/${id}`, () => whole);
  };
  const renew = useCallback(() => {
    window.scrollTo(0, 0);
    void refresh();
  }, [refresh]);

  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if (!isShortcut(e)) return;
      if (e.key === 'r') renew();
      if (e.key === 'p') setPaused((p) => !p);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [renew]);

  return (
    <div className="page records-page">
      <div className="head">
        <h1>{t('records.title')}</h1>
        <div className="acts">
          <Link to="/replays" className="small quiet">{t('nav.replays')}</Link>
          <CopyButton text={link} what={t('record.link')} label={t('record.copyLink')} title={t('views.linkStays')} />
          <Button size="small" onClick={() => setPaused(!paused)} aria-pressed={paused}>{paused ? t('tail.resume') : t('tail.pause')}</Button>
          <Button size="small" onClick={() => setDialog('views')}>{t('views.heading')}</Button>
          <Button size="small" onClick={() => setDialog('export')} disabled={flows.length === 0}>{t('export.act')}</Button>
        </div>
      </div>
      <div className="find">
        <Omnibox onAdd={(more) => change(withMore(filters, more))}
          onOpen={(id) => void navigate({ to: '/records/$id', params: { id } })} onContents={(text) => contents.mutate(text)} />
        <FilterBar filters={filters} onChange={change} />
      </div>
      <PinnedViews />
      {waiting.count > 0 && (
        <div className="waiting">
          <Button type="primary" shape="round" size="small" onClick={renew}>
            {waiting.more ? t('tail.more', { count: waiting.count }) : t('tail.new', { count: waiting.count })}
          </Button>
        </div>
      )}
      {contents.isError && <Wrong error={contents.error} />}
      {found.isError && <Wrong error={found.error} onRetry={() => void found.refetch()} />}
      {failed !== null && !found.isError && <Wrong error={failed} onRetry={renew} />}
      <div className="spread">
        {wide ? <aside className="panel" aria-label={t('facets.heading')}><Facets filters={filters} onChange={change} /></aside>
          : <details className="panel"><summary>{t('facets.heading')}</summary><Facets filters={filters} onChange={change} /></details>}
        {found.isPending ? !found.isError && <Loading /> : (
          <section className="panel list">
            {flows.length === 0 && !found.isError ? <Nothing filters={filters} onChange={change} />
              : <FlowList flows={flows} more={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void fetchNextPage()}
                  selection={selection} onToggle={toggle} onToggleLoaded={chosen ? none : loaded} />}
          </section>
        )}
      </div>
      {chosen && <SelectionBar filters={filters} selection={selection} onAll={all} onNone={none} onExport={() => setDialog(selection.all ? 'export' : 'export-chosen')} />}
      {dialog === 'views' && <ViewsDialog filters={filters} onClose={() => setDialog(null)} />}
      {dialog === 'export' && <Export filters={filters} onClose={() => setDialog(null)} />}
      {dialog === 'export-chosen' && <Export filters={filters} only={{ ids: selection.ids, flows }} onClose={() => setDialog(null)} />}
    </div>
  );
}
