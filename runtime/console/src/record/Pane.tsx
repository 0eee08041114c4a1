import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Payload, type PayloadContent, type Version } from '../api/client';
import { Choice } from '../parts/Choice';
import { CopyButton } from '../parts/CopyButton';
import { formatOf, textOf, type Format } from '../parts/formats/detect';
import { PayloadView } from '../parts/formats/PayloadView';
import type { Places } from '../parts/formats/places';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { bytesOf, shownAs } from './content';
import { ReasonDialog } from './ReasonDialog';

/** A state of a record: something that was kept on its way, or what the store holds of its key. */
export type Piece = { id: string } & ({ payload: Payload; version?: undefined; own?: undefined } | { payload?: undefined; version: Version; own: boolean });

type Props = {
  flow: string;
  piece: Piece;
  name: string;
  content: PayloadContent | undefined;
  error: unknown;
  places: Places;
  onUnmasked: (content: PayloadContent) => void;
};

/** As much as is read where the cause names a line, which may stand far down. */
const FAR = 4 * 1024 * 1024;
const FORMATS: Format[] = ['json', 'hl7', 'xml', 'csv', 'text', 'hex'];

/** One state of a record, shown as what it is; what is hidden is shown to whoever says why. */
export function Pane({ flow, piece, name, content, error, places, onUnmasked }: Props) {
  const { t } = useTranslation();
  const { size } = useSpans();
  const [asked, setAsked] = useState<'unmask' | 'raw' | null>(null);
  const [chosen, setChosen] = useState<Format | null>(null);
  const bytes = useMemo(() => (content ? bytesOf(content) : null), [content]);
  const format = chosen ?? (bytes && content?.format === 'bytes' ? formatOf(bytes) : content ? shownAs(content.format) : 'text');
  const masked = useMemo(() => new Set(content?.maskedFields ?? []), [content]);
  const { payload } = piece;

  return (
    <div className="pane" role="group" aria-label={name}>
      <div className="line1 pane-head">
        <b>{name}</b>
        <span className="tools">
          {bytes && (
            <>
              <Choice label={t('payload.format')} hidden value={format} onChange={setChosen} options={FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))} />
              <CopyButton text={textOf(bytes) ?? ''} what={name} />
            </>
          )}
          {payload?.kept && <button type="button" className="plain" onClick={() => setAsked('raw')}>{t('payload.download')}</button>}
        </span>
      </div>
      {payload && !payload.kept && <p className="hidden-box">{payload.why ? t(`payloadWhy.${payload.why}`) : t('payload.none')}</p>}
      {error ? <Wrong error={error} /> : !content && payload?.kept !== false && <Loading />}
      {content && content.content === null && (
        <div className="hidden-box">
          <p>{t('payload.hidden', { size: size(content.total) })}</p>
          {payload?.canUnmask && <Button size="small" type="primary" onClick={() => setAsked('unmask')}>{t('payload.unmask')}</Button>}
        </div>
      )}
      {content && bytes && (
        <>
          {masked.size > 0 && (
            <p className="small mask-line">
              {t('payload.maskedCount', { count: masked.size })}
              {content.masked && payload && <button type="button" className="plain" onClick={() => setAsked('unmask')}>{t('payload.unmask')}</button>}
            </p>
          )}
          <PayloadView bytes={bytes} format={format} places={places} masked={masked} />
          {content.truncated && <p className="small">{t('payload.truncated', { size: size(content.total) })}</p>}
        </>
      )}
      {asked === 'unmask' && payload && (
        <ReasonDialog title={t('payload.unmaskTitle')} text={t('payload.unmaskText')} act={t('payload.unmaskAct')} onClose={() => setAsked(null)}
          onReason={async (reason) => {
            onUnmasked(await api.unmask(flow, payload.index, reason, places.lines.size > 0 ? FAR : undefined));
            setAsked(null);
          }} />
      )}
      {asked === 'raw' && payload && (
        <ReasonDialog title={t('payload.downloadTitle')} text={t('payload.unmaskText')} act={t('payload.download')} onClose={() => setAsked(null)}
          onReason={async (reason) => {
            const link = document.createElement('a');
            link.href = api.rawPayload(flow, payload.index, reason);
            link.download = '';
            link.click();
            setAsked(null);
          }} />
      )}
    </div>
  );
}
