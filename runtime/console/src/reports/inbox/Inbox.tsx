import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askReporting, type WaitingReview } from '../../api/reporting';
import { ask, useNames } from '../../api/queries';
import { BackLink } from '../../parts/BackLink';
import { Loading } from '../../parts/Loading';
import { Mark } from '../../parts/Mark';
import { isShortcut } from '../../parts/shortcuts';
import { useWide } from '../../parts/wide';
import { useTitle } from '../../parts/title';
import { Wrong } from '../../parts/Wrong';
import { useMoments } from '../moments';
import { UnitPicker } from '../UnitPicker';
import { AcceptAll } from './AcceptAll';
import { Reviewing } from './Reviewing';
import '../reports.css';
import '../answer/answer.css';
import './inbox.css';

const here = getRouteApi('/reports/reviews');

/** One waiting answer in an address: its form, period and unit. */
export const nameOf = (w: WaitingReview) => `${w.form}~${w.period}~${w.submission.unit}`;

/** What waits for a bureau's review: the list, and the one that is looked at. */
export function Inbox() {
  const { t } = useTranslation();
  const names = useNames();
  const { moment } = useMoments();
  useTitle(t('inbox.title'));
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const wide = useWide(900);
  const hub = useQuery(ask.hub()).data;
  const unit = search.unit ?? hub?.unit;
  const forms = useQuery(ask.forms()).data;
  const inbox = useQuery({ ...askReporting.reviews(unit ?? ''), enabled: unit !== undefined });
  const waiting = useMemo(() => (inbox.data?.waiting ?? []).filter((w) => !search.form || w.form === search.form), [inbox.data, search.form]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const at = waiting.findIndex((w) => nameOf(w) === search.item);
  // where the one stood that has just been dealt with: the next one is there now
  const last = useRef(0);
  if (at >= 0) last.current = at;
  const current = at >= 0 ? waiting[at] : wide ? waiting[Math.min(last.current, waiting.length - 1)] : undefined;
  const open = (w: WaitingReview | undefined) => void navigate({ search: { ...search, item: w && nameOf(w) }, replace: true, resetScroll: false });

  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if (!isShortcut(e) || waiting.length === 0) return;
      const now = Math.max(0, waiting.findIndex((w) => w === current));
      if (e.key === 'j' || e.key === 'k') open(waiting[Math.max(0, Math.min(waiting.length - 1, current ? now + (e.key === 'j' ? 1 : -1) : 0))]);
      if (e.key === 'x' && current) toggle(nameOf(current));
      if (e.key === 'r') void inbox.refetch();
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  });

  const toggle = (name: string) => setChosen((before) => {
    const next = new Set(before);
    if (!next.delete(name)) next.add(name);
    return next;
  });
  const picked = waiting.filter((w) => chosen.has(nameOf(w)));
  const titleOf = (id: string) => {
    const form = forms?.find((f) => f.id === id);
    return form ? names.title(form.title) : id;
  };
  const kinds = [...new Set((inbox.data?.waiting ?? []).map((w) => w.form))];

  return (
    <div className="page inbox-page">
      <BackLink to="/reports" />
      <div className="head">
        <h1>{t('inbox.title')}</h1>
        {inbox.data && <p className="small" role="status">{t('inbox.count', { count: waiting.length })}</p>}
        <div className="acts">
          <UnitPicker label={t('inbox.unit')} unit={unit} bureausOnly onChange={(to) => {
            setChosen(new Set());
            void navigate({ search: { unit: to } });
          }} />
        </div>
      </div>
      {kinds.length > 1 && (
        <div className="acts start">
          <label className="choice"><span>{t('inbox.form')}</span>
            <select value={search.form ?? ''} onChange={(e) => void navigate({ search: { unit: search.unit, form: e.target.value || undefined } })}>
              <option value="">{t('inbox.allForms')}</option>
              {kinds.map((k) => <option key={k} value={k}>{titleOf(k)}</option>)}
            </select>
          </label>
        </div>
      )}
      {inbox.isError && <Wrong error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.isPending && !inbox.isError && <Loading />}
      {inbox.data && waiting.length === 0 && <section className="panel"><p className="calm"><Mark tone="good" text={t('inbox.nothing')} /></p></section>}
      {waiting.length > 0 && (
        <div className={current ? 'inbox split' : 'inbox'}>
          {(wide || !current) && (
            <section className="panel waiting" aria-label={t('inbox.list')}>
              <div className="head">
                <label className="choice"><input type="checkbox" checked={picked.length === waiting.length} onChange={(e) => setChosen(new Set(e.target.checked ? waiting.map(nameOf) : []))} /> {t('inbox.chooseAll')}</label>
                <Button size="small" disabled={picked.length === 0} onClick={() => setAsking(true)}>{t('inbox.acceptChosen', { count: picked.length })}</Button>
              </div>
              <ol>
                {waiting.map((w) => {
                  const name = nameOf(w);
                  const warnings = w.submission.warnings.length;
                  return (
                    <li key={name} className={w === current ? 'here' : ''}>
                      <input type="checkbox" checked={chosen.has(name)} aria-label={t('inbox.choose', { unit: names.unit(w.submission.unit) })} onChange={() => toggle(name)} />
                      <Link to="/reports/reviews" search={{ ...search, item: name }} replace resetScroll={false} aria-current={w === current ? 'true' : undefined}>
                        <b>{names.unit(w.submission.unit)}</b>
                        <span className="small">{titleOf(w.form)} · {w.period} · {t('answer.versionOf', { version: w.submission.version })}</span>
                        <span className="small">{moment(w.submission.at)}</span>
                      </Link>
                      {warnings > 0 && <Mark tone="warn" text={t('inbox.warnings', { count: warnings })} />}
                    </li>
                  );
                })}
              </ol>
            </section>
          )}
          {current && unit && (
            <div className="stack">
              {!wide && <Button className="self" onClick={() => open(undefined)}>{t('inbox.toList')}</Button>}
              <Reviewing key={nameOf(current) + String(current.submission.version)} waiting={current} reviewer={unit}
                place={t('inbox.place', { n: waiting.indexOf(current) + 1, of: waiting.length })}
                onStep={(by) => open(waiting[waiting.indexOf(current) + by])}
                canStep={(by) => waiting[waiting.indexOf(current) + by] !== undefined}
                onDone={() => {
                  const n = waiting.indexOf(current);
                  open(waiting[n + 1] ?? waiting[n - 1]);
                }} />
            </div>
          )}
        </div>
      )}
      {asking && unit && (
        <AcceptAll waiting={picked} reviewer={unit} onClose={() => {
          setAsking(false);
          setChosen(new Set());
          void inbox.refetch();
        }} />
      )}
    </div>
  );
}
