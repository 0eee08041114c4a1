import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { SEARCH } from '../parts/shortcuts';
import { SITE } from '../plugins/site';
import { useCauseText } from '../trouble/causes';
import { useTrouble } from '../trouble/useTrouble';
import type { Filters } from './filters';
import { offers, read, type Glossary, type Offer } from './omnibox';
import './records.css';

type Props = { onAdd: (filters: Filters) => void; onOpen: (id: string) => void; onContents: (text: string) => void };

/** One box for all of it: what is typed is understood, and what it could mean is offered below. */
export function Omnibox({ onAdd, onOpen, onContents }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const say = useCauseText();
  const list = useId();
  const hint = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [unknown, setUnknown] = useState<string[]>([]);

  const glossary: Glossary = {
    units: useQuery(ask.units()).data ?? [],
    contracts: useQuery(ask.contracts()).data ?? [],
    plugins: [...useQuery(ask.plugins()).data ?? [], { id: SITE, title: { zh: t('routes.site'), en: t('routes.site') } }],
    routes: [...new Set((useQuery(ask.routes()).data ?? []).flatMap((r) => r.id ?? []))],
    causes: (useTrouble().causes.data?.groups ?? []).flatMap((g) => {
      const said = say(g.latest);
      return g.id && said ? [{ id: g.id, said }] : [];
    }),
    statusName: (status) => t(`flowStatus.${status}`),
  };
  const offered = open ? offers(typed, glossary) : [];
  const shown = offered.length > 0;

  const done = () => {
    setTyped('');
    setUnknown([]);
    setOpen(false);
    setActive(-1);
  };
  const take = (offer: Offer) => {
    done();
    if (offer.kind === 'open') onOpen(offer.id);
    else if (offer.kind === 'contents') onContents(offer.value);
    else onAdd(offer.kind === 'status' ? { status: [offer.value] } : offer.kind === 'field' ? { field: [offer.value] } : { [offer.kind]: offer.value });
  };
  const enter = () => {
    const wish = read(typed, glossary);
    if ('open' in wish) {
      done();
      onOpen(wish.open);
    } else {
      if (wish.unknown.length === 0) done();
      else {
        setTyped(wish.unknown.join(' '));
        setOpen(false);
      }
      setUnknown(wish.unknown);
      if (Object.keys(wish.add).length > 0) onAdd(wish.add);
    }
  };
  const pressed = (e: KeyboardEvent<HTMLInputElement>) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setOpen(true);
      const count = offers(typed, glossary).length;
      setActive((at) => (e.key === 'ArrowDown' ? (at + 2) % (count + 1) - 1 : (at + 1 + count) % (count + 1) - 1));
    } else if (e.key === 'Enter') {
      const offer = offered[active];
      if (offer) take(offer);
      else if (typed.trim() !== '') enter();
    } else if (e.key === 'Escape') {
      if (shown) setOpen(false);
      else if (typed !== '') setTyped('');
      else input.current?.blur();
    }
  };

  const said = (offer: Offer) => {
    switch (offer.kind) {
      case 'open': return <><span className="what">{t('find.open')}</span><code>{offer.id}</code></>;
      case 'q': return <><span className="what">{t('find.q')}</span><b>{offer.value}</b></>;
      case 'key': return <><span className="what">{t('find.key')}</span><b>{offer.value}</b></>;
      case 'field': return <><span className="what">{t('find.field')}</span><b>{offer.value}</b></>;
      case 'contents': return <><span className="what">{t('find.contents')}</span><b>{offer.value}</b> <span className="small">{t('find.contentsHint')}</span></>;
      case 'plugin': return <><span className="what">{t('record.plugin')}</span><b>{offer.value === SITE ? t('record.site') : names.plugin(offer.value)}</b> <span className="small">{offer.value}</span></>;
      case 'route': return <><span className="what">{t('record.route')}</span><b>{offer.value}</b></>;
      case 'causeCode': return <><span className="what">{t('record.causeCode')}</span><b>{offer.value}</b></>;
      case 'cause': return <><span className="what">{t('record.cause')}</span><b className="sentence">{offer.said}</b></>;
      case 'unit': return <><span className="what">{t('filter.unit')}</span><b>{names.unit(offer.value)}</b> <span className="small">{offer.value}</span></>;
      case 'contract': return <><span className="what">{t('filter.contract')}</span><b>{names.contract(offer.value)}</b> <span className="small">{offer.value}</span></>;
      case 'status': return <><span className="what">{t('filter.status')}</span><b>{t(`flowStatus.${offer.value}`)}</b></>;
    }
  };

  return (
    <div className="omnibox" role="search">
      <svg viewBox="0 0 20 20" width="18" height="18" className="line" aria-hidden="true"><path d="M8.500 3a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11ZM13 13l4 4" /></svg>
      <input ref={input} id={SEARCH} type="text" role="combobox" autoComplete="off" spellCheck={false}
        aria-label={t('find.label')} aria-describedby={hint} aria-expanded={shown} aria-controls={shown ? list : undefined}
        aria-autocomplete="list" aria-activedescendant={shown && active >= 0 ? `${list}-${active}` : undefined}
        placeholder={t('find.placeholder')} value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          setOpen(true);
          setActive(-1);
          setUnknown([]);
        }}
        onClick={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={pressed} />
      <kbd aria-hidden="true">/</kbd>
      <p id={hint} className="unseen">{t('find.hint')}</p>
      {shown && (
        <ul id={list} role="listbox" aria-label={t('find.offers')}>
          {offered.map((offer, i) => (
            <li key={offer.kind + ('value' in offer ? offer.value : offer.id)} id={`${list}-${i}`} role="option" aria-selected={i === active}
              onMouseDown={(e) => {
                e.preventDefault();
                take(offer);
              }}>{said(offer)}</li>
          ))}
        </ul>
      )}
      {unknown.length > 0 && <p className="cause" role="alert">{t('find.unknown', { words: unknown.join(' ') })}</p>}
    </div>
  );
}
