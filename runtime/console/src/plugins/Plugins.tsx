import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Plugin } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, toneOfPlugin } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { PlanDialog, type Deed } from './PlanDialog';
import { ProblemText } from './PlanView';
import { RouteTable } from './RouteTable';
import { SITE } from './site';
import { Subscriptions } from './Subscriptions';
import './plugins.css';

/** All plugins, those that need somebody first, and the place where a jar is brought. */
export function Plugins() {
  const { t } = useTranslation();
  const plugins = useQuery(ask.plugins());
  const [deed, setDeed] = useState<Deed | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();

  const take = (file: File | undefined) => {
    if (!file) return;
    let id = '';
    setDeed({
      title: t('plugins.install', { file: file.name }),
      run: (mandate) => api.install(file, mandate).then((answer) => {
        id = answer.plugin;
        return answer;
      }),
      done: () => void navigate({ to: '/plugins/$id', params: { id } }),
    });
  };
  const drag = {
    onDragOver: (e: DragEvent) => {
      if (!e.dataTransfer.types.includes('Files')) return;
      e.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (e: DragEvent) => {
      e.preventDefault();
      setOver(false);
      take(e.dataTransfer.files[0]);
    },
  };

  return (
    <div className="page" {...drag}>
      <div className="head">
        <h1>{t('plugins.heading')}</h1>
        {plugins.data && plugins.data.length > 0 && (
          <span className="small">{t('plugins.running', { running: plugins.data.filter((p) => p.state === 'RUNNING').length, all: plugins.data.length })}</span>
        )}
      </div>
      {plugins.isError && <Wrong error={plugins.error} onRetry={() => void plugins.refetch()} />}
      {plugins.isPending && !plugins.isError && <Loading />}
      {plugins.data?.length === 0 && <section className="panel"><p className="empty">{t('plugins.empty')}</p></section>}
      <ul className="tiles">
        {[...plugins.data ?? []].sort((a, b) => weight(b) - weight(a)).map((p) => <li key={p.id}><Tile plugin={p} /></li>)}
        <li>
          <div className={over ? 'panel drop over' : 'panel drop'}>
            <p>{t('plugins.drop')}</p>
            <Button onClick={() => input.current?.click()}>{t('plugins.choose')}</Button>
            <input ref={input} type="file" hidden accept=".jar,.zip" data-testid="jar" tabIndex={-1} aria-label={t('plugins.choose')}
              onChange={(e) => {
                take(e.target.files?.[0]);
                e.target.value = '';
              }} />
            <p className="small">{t('plugins.dropHint')}</p>
          </div>
        </li>
      </ul>
      <SiteRoutes />
      {deed && <PlanDialog deed={deed} onClose={() => setDeed(null)} />}
    </div>
  );
}

/** The site's own routes between systems, which belong to no plugin. */
function SiteRoutes() {
  const { t } = useTranslation();
  const routes = useQuery(ask.routes()).data?.filter((r) => r.owner === SITE) ?? [];
  return routes.length > 0 && (
    <>
      <RouteTable routes={routes} heading={t('routes.site')} owner={SITE} />
      <Subscriptions owner={SITE} />
    </>
  );
}

const weight = (p: Plugin) => (p.state === 'FAILED' ? 3 : p.state === 'DEGRADED' ? 2 : p.problem ? 1 : 0);

function Tile({ plugin }: { plugin: Plugin }) {
  const { t } = useTranslation();
  const names = useNames();
  const { time } = useClock();
  const title = names.title(plugin.title);
  return (
    <section className="panel tile">
      <div className="line1">
        <h2><Link to="/plugins/$id" params={{ id: plugin.id }} className="cover">{title}</Link></h2>
        <Mark tone={toneOfPlugin(plugin.state)} text={t(`pluginState.${plugin.state}`)} />
      </div>
      <p className="small">{[title === plugin.id ? null : plugin.id, plugin.version, t('plugins.since', { time: time(plugin.since) })].filter(Boolean).join(' · ')}</p>
      {plugin.problem && <ProblemText problem={plugin.problem} />}
    </section>
  );
}
