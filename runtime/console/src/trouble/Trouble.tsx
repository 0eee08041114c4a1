import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowStatus } from '../api/client';
import { ask } from '../api/queries';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { CopyButton } from '../parts/CopyButton';
import { Loading } from '../parts/Loading';
import { Mark } from '../parts/Mark';
import { isShortcut } from '../parts/shortcuts';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { FilterBar } from '../records/FilterBar';
import { fixed, hasTime, named, STOPPED, type Filters } from '../records/filters';
import { useRange } from '../records/useRange';
import { ReplayDialog } from '../replays/ReplayDialog';
import { Group, type Asked } from './Group';
import './trouble.css';

const here = getRouteApi('/trouble');
const KINDS = { waiting: undefined, refused: ['REFUSED'], dead: ['DEAD'], retrying: ['RETRYING'], ignored: ['IGNORED'] } as const satisfies
  Record<string, FlowStatus[] | undefined>;
type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];
/** Of so many groups the units are looked up at once; of the others when somebody opens them. */
const AT_ONCE = 12;

/** What has stopped, by why it stopped: each cause once, with what to do about it, for all of its records together. */
export function Trouble() {
  const { t } = useTranslation();
  const { number } = useSpans();
  const { now, zone } = useClock();
  const router = useRouter();
  const filters = here.useSearch();
  const navigate = here.useNavigate();
  const { status, ...rest } = filters;
  // asked for by a group, and shown here: the group goes when nothing of it waits any more
  const [asked, setAsked] = useState<Asked | null>(null);
  const kind = NAMES.find((k) => KINDS[k]?.join() === status?.join()) ?? 'waiting';
  const meant: Filters = { ...rest, status: status ?? STOPPED };
  const causes = useQuery(ask.causes(useRange(meant)));
  const groups = causes.data?.groups ?? [];
  // that nothing waits is only said of all that there is
  const narrowed = named(rest).length > 0 || hasTime(rest) || (kind !== 'waiting');
  const flows = groups.reduce((sum, g) => sum + g.flows, 0);
  const first = Math.min(...groups.map((g) => new Date(g.firstAt).getTime()));
  const change = (next: Filters) => void navigate({ search: next });

  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if (!isShortcut(e)) return;
      if (e.key === 'r') void causes.refetch();
      if (e.key !== 'j' && e.key !== 'k') return;
      const links = [...document.querySelectorAll<HTMLElement>('.causes .title')];
      const at = links.findIndex((l) => l.closest('li')?.contains(document.activeElement));
      links[Math.max(0, Math.min(links.length - 1, at + (e.key === 'j' ? 1 : -1)))]?.focus();
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [causes]);

  return (
    <div className="page trouble-page">
      <div className="head">
        <h1>{t('trouble.title')}</h1>
        {groups.length > 0 && (
          <p className="small" role="status">
            {t('trouble.sum', { count: groups.length, flows: number(flows) })}{causes.data?.all === false && ` · ${t('trouble.newest', { number: number(causes.data.counted) })}`}
          </p>
        )}
        <div className="acts">
          <Link to="/replays" className="small quiet">{t('nav.replays')}</Link>
          <CopyButton text={() => window.location.origin + router.buildLocation({ to: '/trouble', search: fixed(filters, now(), zone) }).href}
            what={t('record.link')} label={t('record.copyLink')} title={t('views.linkStays')} />
        </div>
      </div>
      <div className="find">
        <div className="filters">
          <Choice label={t('trouble.kind')} value={kind} onChange={(k) => change({ ...rest, ...(KINDS[k] ? { status: [...KINDS[k]] } : {}) })}
            options={NAMES.map((value) => ({ value, label: t(`troubleKind.${value}`) }))} />
          <FilterBar filters={rest} onChange={(next) => change({ ...next, ...(status ? { status } : {}) })} />
        </div>
      </div>
      {causes.isError && <Wrong error={causes.error} onRetry={() => void causes.refetch()} />}
      {!causes.data ? !causes.isError && <Loading /> : groups.length === 0 ? (
        <section className="panel"><p className="calm"><Mark tone="good" text={narrowed ? t('trouble.noneHere') : t('trouble.none')} /></p></section>
      ) : (
        <ol className="causes">
          {groups.map((g, i) => (
            <Group key={`${g.id ?? ''} ${g.latest.status}`} group={g} filters={meant} since={first} until={now().getTime()} units={i < AT_ONCE} onAsk={setAsked} />
          ))}
        </ol>
      )}
      {asked && <ReplayDialog {...asked} onClose={() => setAsked(null)} />}
    </div>
  );
}
