import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDetail, PayloadContent } from '../api/client';
import { asNumbers } from '../api/exact';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { placesIn } from '../parts/formats/places';
import { useSpans } from '../parts/spans';
import { useWide } from '../parts/wide';
import { Wrong } from '../parts/Wrong';
import { bytesOf, comparable, shownAs } from './content';
import { Pane, type Piece } from './Pane';

const TextDiff = lazy(() => import('../parts/TextDiff'));
const here = getRouteApi('/records/$id');
/** From arrival over what was published to what a sink was given. */
const BESIDE = 3;
/** A key that has many versions shows the newest here; the others have pages of their own. */
const NEWEST = 5;

/** What a record said on its way, up to three of its states side by side: as it arrived, as it was published, as sinks were given it, in other versions. */
export function Contents({ detail }: { detail: FlowDetail }) {
  const { t } = useTranslation();
  const { size } = useSpans();
  const { flow, stored, related } = detail;
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const wide = useWide(900);
  const widest = useWide(1180);
  const payloads = useQuery(ask.payloads(flow.id));
  /** What somebody unmasked is kept for as long as the page stands, and nowhere else. */
  const [unmasked, setUnmasked] = useState<Record<string, PayloadContent>>({});

  const versions = [...related, ...(stored ? [stored] : [])].sort((a, b) => a.version - b.version);
  const pieces: Piece[] = [
    ...(payloads.data ?? []).map((payload): Piece => ({ id: `p${payload.index}`, payload })),
    ...versions.filter((v, i) => i >= versions.length - NEWEST || v.id === flow.id).map((version): Piece => ({ id: `v${version.version}`, version, own: version.id === flow.id })),
  ];
  const nameOf = (piece: Piece) => (piece.version ? (piece.own ? t('payload.storedAs', { version: piece.version.version }) : t('payload.version', { version: piece.version.version }))
    : piece.payload.subscription ? t('payload.to', { subscription: piece.payload.subscription }) : t(`payloadAt.${piece.payload.at}`));
  const usual = [...pieces.filter((p) => p.payload?.kept && p.payload.at !== 'delivered'), ...pieces.filter((p) => p.own && !pieces.some((q) => q.payload?.at === 'published' && q.payload.kept))];
  const wished = (search.show?.split(',') ?? []).filter((id) => pieces.some((p) => p.id === id));
  const most = widest ? BESIDE : wide ? 2 : 1;
  const shown = wished.length > 0 ? wished.slice(-BESIDE) : (usual.length > 0 ? usual : pieces.slice(0, 1)).map((p) => p.id).slice(-2);
  const seen = search.diff ? shown : shown.slice(-most);
  const choose = (id: string) => {
    const next = seen.includes(id) ? seen.filter((s) => s !== id) : [...seen, id].slice(-most);
    const inOrder = pieces.map((p) => p.id).filter((p) => (next.length > 0 ? next : [id]).includes(p));
    void navigate({ search: { ...search, show: inOrder.join(',') }, replace: true, resetScroll: false });
  };

  const contents = useQueries({
    queries: pieces.map((p) => (p.payload
      ? { ...ask.payloadContent(flow.id, p.payload.index), enabled: seen.includes(p.id) && p.payload.kept }
      : { ...ask.payload(p.version.id), enabled: seen.includes(p.id), select: (body: { body: unknown }): PayloadContent => ({
        index: 0, format: 'json', encoding: 'text', content: asNumbers(JSON.stringify(body.body)), masked: false, truncated: false, total: 0, maskedFields: [],
      }) })),
  });
  const contentOf = (id: string): PayloadContent | undefined => unmasked[id] ?? (contents[pieces.findIndex((p) => p.id === id)]?.data as PayloadContent | undefined);
  const places = placesIn(flow.cause);
  const read = seen.map((id) => {
    const content = contentOf(id);
    return { id, bytes: content ? bytesOf(content) : null };
  });
  // each with the one after it, as far as both may be seen
  const pairs = read.flatMap((after, i) => {
    const before = read[i - 1];
    return before?.bytes && after.bytes ? [{ before: { ...before, bytes: before.bytes }, after: { ...after, bytes: after.bytes } }] : [];
  });
  const comparing = search.diff === '1' && pairs.length > 0;
  const named = (id: string) => nameOf(pieces.find((p) => p.id === id)!);

  return (
    <section className="panel contents" aria-labelledby="payload-heading">
      <div className="head">
        <h2 id="payload-heading">{t('payload.heading')}</h2>
        {pairs.length > 0 && (
          <label className="choice">
            <input type="checkbox" checked={search.diff === '1'}
              onChange={(e) => void navigate({ search: { ...search, show: shown.join(','), diff: e.target.checked ? '1' : undefined }, replace: true, resetScroll: false })} />
            {t('payload.difference')}
          </label>
        )}
      </div>
      {payloads.isError && <Wrong error={payloads.error} onRetry={() => void payloads.refetch()} />}
      {payloads.isPending && !payloads.isError && <Loading />}
      {pieces.length > 0 && (
        <div className="stages" role="group" aria-label={t('payload.stages')}>
          {pieces.map((p) => (
            <button key={p.id} type="button" aria-pressed={seen.includes(p.id)} className={p.payload && !p.payload.kept ? 'gone' : undefined} onClick={() => choose(p.id)}>
              <span>{nameOf(p)}</span>
              <span className="small">{p.payload ? [p.payload.format ? t(`format.${shownAs(p.payload.format)}`) : null, p.payload.size !== null ? size(p.payload.size) : null, p.payload.kept ? null : t('payload.notKept')].filter(Boolean).join(' · ')
                : p.version.latest ? t('record.latest') : ''}</span>
            </button>
          ))}
        </div>
      )}
      {payloads.data && pieces.length === 0 && <p className="empty">{t('payload.none')}</p>}
      {comparing ? (
        <Suspense fallback={<Loading />}>
          {pairs.map(({ before, after }) => (
            <TextDiff key={`${before.id} ${after.id}`} before={comparable(before.bytes)} after={comparable(after.bytes)}
              beforeLabel={named(before.id)} afterLabel={named(after.id)} />
          ))}
        </Suspense>
      ) : (
        <div className={['panes', seen.length === 2 && 'two', seen.length === 3 && 'three'].filter(Boolean).join(' ')}>
          {seen.map((id) => {
            const at = pieces.findIndex((p) => p.id === id);
            return (
              <Pane key={id} flow={flow.id} piece={pieces[at]!} name={nameOf(pieces[at]!)} content={contentOf(id)} error={contents[at]?.error} places={places}
                onUnmasked={(content) => setUnmasked({ ...unmasked, [id]: content })} />
            );
          })}
        </div>
      )}
    </section>
  );
}
