import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, type FlowDetail, type Version } from '../api/client';
import { ask } from '../api/queries';
import { CopyButton } from '../parts/CopyButton';
import { Choice } from '../parts/Choice';
import { differences, type Json } from '../parts/formats/json';
import { JsonView } from '../parts/formats/JsonView';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';

type Props = { id: string; stored: Version | null; message: FlowDetail['message']; related: Version[] };

/** What a record says, as the store holds it, and beside that what another version of it said. */
export function Payload({ id, stored, message, related }: Props) {
  const { t } = useTranslation();
  const { size } = useSpans();
  const [other, setOther] = useState('');
  const payload = useQuery({ ...ask.payload(id), enabled: stored !== null });

  return (
    <section className="panel" aria-labelledby="payload-heading">
      <div className="head">
        <h2 id="payload-heading">{t('payload.heading')}</h2>
        {payload.data && <CopyButton text={JSON.stringify(payload.data.body, null, 2)} what={t('payload.heading')} />}
      </div>
      {stored === null && (message === null ? <p className="empty">{t('payload.none')}</p> : (
        <p className="empty">{message.readable ? t('payload.kept', { size: size(message.size) }) : t('payload.lost')}</p>
      ))}
      {payload.isError && (payload.error instanceof CallError && payload.error.problem?.code === 'not-stored'
        ? <p className="empty">{t('payload.none')}</p> : <Wrong error={payload.error} onRetry={() => void payload.refetch()} />)}
      {stored !== null && payload.isPending && <Loading />}
      {payload.data && (
        <>
          <p className="small">{t('payload.masked')}</p>
          {related.length > 0 && (
            <Choice label={t('payload.compare')} value={other} onChange={setOther}
              options={[{ value: '', label: t('payload.compareNone') },
                ...related.map((v) => ({ value: v.id, label: t('payload.version', { version: v.version }) }))]} />
          )}
          {other === '' ? <JsonView value={payload.data.body as Json} /> : <Comparison before={other} after={payload.data.body as Json} />}
        </>
      )}
    </section>
  );
}

function Comparison({ before, after }: { before: string; after: Json }) {
  const { t } = useTranslation();
  const other = useQuery(ask.payload(before));
  if (!other.data) return other.isError ? <Wrong error={other.error} onRetry={() => void other.refetch()} /> : <Loading />;
  const found = differences(other.data.body as Json, after);
  if (found.length === 0) return <p className="empty">{t('payload.same')}</p>;
  const said = (value: Json | undefined) => (value === undefined ? t('payload.absent') : JSON.stringify(value));
  return (
    <table className="diff">
      <thead><tr><th scope="col">{t('payload.field')}</th><th scope="col">{t('payload.there')}</th><th scope="col">{t('payload.here')}</th></tr></thead>
      <tbody>
        {found.map((d) => (
          <tr key={d.path}>
            <th scope="row"><code>{d.path || '/'}</code></th>
            <td className="before"><code>{said(d.before)}</code></td>
            <td className="after"><code>{said(d.after)}</code></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
