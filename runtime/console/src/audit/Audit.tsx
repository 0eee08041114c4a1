import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type AuditEntry } from '../api/client';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import type { AuditSearch } from '../router';
import { ACTS, actOf, placeOf } from './acts';

const here = getRouteApi('/audit');
const ALL = '';
/** As much as is written out of a detail, such as a sum. */
const LONG = 40;
/** Said in words of their own beside the entry. */
const SAID = new Set(['refused']);

/** Who did what and why, the newest first: looking at what is masked, replaying, mending, stopping and changing. */
export function Audit() {
  const { t } = useTranslation();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const audit = useInfiniteQuery({
    queryKey: ['audit', search],
    queryFn: ({ pageParam }) => api.audit({ ...search, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const narrow = (to: AuditSearch) => void navigate({ search: { ...search, ...to } });
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  const narrowed = Object.keys(search).length > 0;

  return (
    <div className="page">
      <div className="head"><h1>{t('nav.audit')}</h1></div>
      <div className="rowform even" role="group" aria-label={t('filter.label')}>
        <label>
          <span>{t('audit.act')}</span>
          <Choice hidden label={t('audit.act')} value={search.act ?? ALL} onChange={(act) => narrow({ act: act === ALL ? undefined : act })}
            options={[{ value: ALL, label: t('audit.any') }, ...ACTS.map((act) => ({ value: act, label: t(`auditAct.${act}`) }))]} />
        </label>
        <Typed key={`object ${search.object ?? ''}`} label={t('audit.object')} value={search.object} onTyped={(object) => narrow({ object })} />
        <Typed key={`who ${search.who ?? ''}`} label={t('audit.who')} value={search.who} onTyped={(who) => narrow({ who })} />
        {(['from', 'to'] as const).map((end) => (
          <label key={end}><span>{t(`filter.${end}`)}</span><input type="date" value={search[end] ?? ''} onChange={(e) => narrow({ [end]: e.target.value || undefined })} /></label>
        ))}
        {narrowed && <Button size="small" type="text" onClick={() => void navigate({ search: {} })}>{t('filter.clear')}</Button>}
      </div>
      {audit.isError && <Wrong error={audit.error} onRetry={() => void audit.refetch()} />}
      {!audit.data ? !audit.isError && <Loading /> : (
        <section className="panel" aria-label={t('nav.audit')}>
          {entries.length === 0 && <p className="empty">{narrowed ? t('audit.noneHere') : t('audit.none')}</p>}
          <ul className="lines">{entries.map((e) => <li key={e.number}><Entry entry={e} /></li>)}</ul>
          {audit.hasNextPage && <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>{t('history.more')}</Button>}
        </section>
      )}
    </div>
  );
}

function Typed({ label, value, onTyped }: { label: string; value: string | undefined; onTyped: (value: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '');
  const give = () => {
    if (text.trim() !== (value ?? '')) onTyped(text.trim() || undefined);
  };
  return (
    <form onSubmit={(e) => {
      e.preventDefault();
      give();
    }}>
      <label><span>{label}</span><Input value={text} maxLength={200} spellCheck={false} onChange={(e) => setText(e.target.value)} onBlur={give} /></label>
    </form>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const act = actOf(entry.act);
  const refused = entry.details.refused;
  const details = Object.entries(entry.details).filter(([name]) => !SAID.has(name)).map(([name, value]) => `${name}: ${value.length > LONG ? `${value.slice(0, LONG)}…` : value}`);
  return (
    <>
      <div className="grow">
        <div><span className="title">{act ? t(`auditAct.${act}`) : entry.act}</span> <ObjectLink entry={entry} /></div>
        {entry.reason && <p>{entry.reason}</p>}
        <div className="small"><time dateTime={entry.at}>{time(entry.at)}</time> · <b>{entry.who}</b>{details.length > 0 && ` · ${details.join(' · ')}`}</div>
      </div>
      {refused && <Mark tone="bad" text={t('audit.refused', { code: refused })} />}
    </>
  );
}

function ObjectLink({ entry }: { entry: AuditEntry }) {
  const place = placeOf(entry);
  const said = <code>{entry.object}</code>;
  switch (place?.to) {
    case undefined: return entry.object === null ? null : said;
    case 'record': return <Link to="/records/$id" params={{ id: place.id }}>{said}</Link>;
    case 'replay': return <Link to="/replays/$id" params={{ id: place.id }}>{said}</Link>;
    case 'plugin': return <Link to="/plugins/$id" params={{ id: place.id }} search={place.route ? { tab: 'routes', route: place.route } : {}}>{said}</Link>;
    case 'schedule': return <Link to="/schedules/$plugin/$name" params={{ plugin: place.plugin, name: place.name }}>{said}</Link>;
  }
}
