import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, CallError, type PluginDetail, type Route } from '../api/client';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfPlugin } from '../parts/Mark';
import { useTitle } from '../parts/title';
import { Wrong } from '../parts/Wrong';
import { TABS, type Tab } from '../router';
import { History } from './History';
import { Log } from './Log';
import { PlanDialog, type Deed } from './PlanDialog';
import { ProblemText } from './PlanView';
import { RouteTable } from './RouteTable';
import { RoutesTab } from './routes/RoutesTab';
import { Subscriptions } from './Subscriptions';
import { SettingsForm } from './settings/SettingsForm';
import { SITE } from './site';
import { Versions } from './Versions';
import './plugins.css';

const here = getRouteApi('/plugins/$id');

/** A plugin, or the site, which has routes and a log as one has. */
export function Plugin() {
  const { id } = here.useParams();
  return id === SITE ? <SitePage /> : <PluginPage />;
}

function SitePage() {
  const { t } = useTranslation();
  const { tab, route } = here.useSearch();
  const routes = useQuery(ask.routes());
  return (
    <div className="page">
      <BackLink to="/plugins" />
      <div className="head"><h1>{t('routes.site')}</h1></div>
      {routes.isError && <Wrong error={routes.error} onRetry={() => void routes.refetch()} />}
      <Tabs id={SITE} names={['routes', 'log']} here={tab === 'log' ? 'log' : 'routes'} />
      {tab === 'log' ? <Log id={SITE} /> : routes.data ? (
        <>
          <RoutesTab id={SITE} routes={routes.data.filter((r) => r.owner === SITE)} chosen={route} />
          <Subscriptions owner={SITE} />
        </>
      ) : !routes.isError && <Loading />}
    </div>
  );
}

function Tabs({ id, names, here: shown }: { id: string; names: readonly Tab[]; here: Tab }) {
  const { t } = useTranslation();
  return (
    <nav className="tabs" aria-label={t('plugin.parts')}>
      {names.map((name) => (
        <Link key={name} to="/plugins/$id" params={{ id }} search={name === 'state' ? {} : { tab: name }} replace
          className={name === shown ? 'here' : undefined} aria-current={name === shown ? 'page' : undefined}>{t(`pluginTab.${name}`)}</Link>
      ))}
    </nav>
  );
}

/** One plugin: its state with the reason, what it brought, its settings, versions and past, and all that can be done with it. */
function PluginPage() {
  const { id } = here.useParams();
  const { tab = 'state', route } = here.useSearch();
  const [deed, setDeed] = useState<Deed | null>(null);
  const plugin = useQuery(ask.plugin(id));

  const gone = plugin.error instanceof CallError && plugin.error.problem?.status === 404;
  if (gone || (plugin.isError && !plugin.data)) {
    // a plugin that is gone has a past still
    return (
      <div className="page">
        <BackLink to="/plugins" />
        <Wrong error={plugin.error} onRetry={() => void plugin.refetch()} />
        <History id={id} />
      </div>
    );
  }
  if (!plugin.data) return <div className="page"><BackLink to="/plugins" /><Loading /></div>;

  return (
    <div className="page">
      <BackLink to="/plugins" />
      <Head detail={plugin.data} onDeed={setDeed} />
      <Tabs id={id} names={TABS} here={tab} />
      <Part tab={tab} route={route} detail={plugin.data} onDeed={setDeed} />
      {deed && <PlanDialog deed={deed} onClose={() => setDeed(null)} />}
    </div>
  );
}

type PartProps = { detail: PluginDetail; onDeed: (deed: Deed) => void };

function Part({ tab, route, detail, onDeed }: PartProps & { tab: Tab; route: string | undefined }) {
  // their counters move with the records
  const routes = useQuery(ask.routes()).data?.filter((r) => r.owner === detail.plugin.id) ?? detail.routes;
  const { id } = detail.plugin;
  switch (tab) {
    case 'state': return <Brought detail={detail} routes={routes} />;
    case 'routes': return <RoutesTab id={id} routes={routes} chosen={route} />;
    case 'log': return <Log id={id} />;
    case 'settings': return <SettingsForm id={id} onDeed={onDeed} />;
    case 'versions': return <Versions id={id} onDeed={onDeed} />;
    case 'history': return <History id={id} />;
  }
}

function Head({ detail: { plugin, installed }, onDeed }: PartProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const name = names.title(plugin.title);
  useTitle(name);
  const navigate = useNavigate();
  const stopped = plugin.state === 'STOPPED' || plugin.state === 'FAILED';

  return (
    <section className="panel" aria-labelledby="plugin-heading">
      <div className="headline">
        <h1 id="plugin-heading">{name}</h1>
        <Mark tone={toneOfPlugin(plugin.state)} text={t(`pluginState.${plugin.state}`)} />
        <div className="acts">
          {stopped ? <Button size="small" onClick={() => onDeed({ title: t('plugin.startOf', { name }), run: (m) => api.start(plugin.id, m) })}>{t('plugin.start')}</Button>
            : <Button size="small" onClick={() => onDeed({ title: t('plugin.stopOf', { name }), run: (m) => api.stop(plugin.id, m) })}>{t('plugin.stop')}</Button>}
          {installed && <Button size="small" danger onClick={() => onDeed({ title: t('plugin.removeOf', { name }), danger: true, run: (m) => api.remove(plugin.id, m), done: () => void navigate({ to: '/plugins' }) })}>{t('plugin.remove')}</Button>}
        </div>
      </div>
      <dl className="facts">
        <div><dt>{t('plugin.id')}</dt><dd>{plugin.id}</dd></div>
        <div><dt>{t('hub.version')}</dt><dd>{plugin.version ?? '–'}</dd></div>
        <div><dt>{t('plugin.since')}</dt><dd>{time(plugin.since)}</dd></div>
        <div className="wide"><dt>{t('plugin.file')}</dt><dd>{plugin.origin}</dd></div>
      </dl>
      {plugin.problem && <ProblemText problem={plugin.problem} />}
    </section>
  );
}

function Brought({ detail, routes }: { detail: PluginDetail; routes: Route[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const schedules = useQuery(ask.schedules()).data;
  const forms = useQuery(ask.forms()).data;
  const part = (heading: string, ids: string[], link: (id: string) => React.ReactNode) => ids.length > 0 && (
    <section className="panel" aria-label={heading}>
      <h2>{heading}</h2>
      <ul className="lines">{ids.map((id) => <li key={id}>{link(id)}</li>)}</ul>
    </section>
  );

  return (
    <>
      <RouteTable routes={routes} owner={detail.plugin.id} />
      <Subscriptions owner={detail.plugin.id} />
      <div className="thirds">
        {part(t('plugin.contracts'), detail.contracts, (id) => (
          <Link to="/records" search={{ contract: id }}>{names.contract(id)} <span className="small">{id}</span></Link>
        ))}
        {part(t('nav.schedules'), detail.schedules, (id) => {
          const found = schedules?.find((s) => s.id === id);
          const [plugin = '', name = ''] = id.split('/');
          return <Link to="/schedules/$plugin/$name" params={{ plugin, name }}>{found ? names.title(found.title) : id} <span className="small">{id}</span></Link>;
        })}
        {part(t('nav.reports'), detail.forms, (id) => {
          const found = forms?.find((f) => f.id === id);
          return <Link to="/reports">{found ? names.title(found.title) : id} <span className="small">{id}</span></Link>;
        })}
      </div>
    </>
  );
}
