import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { strToU8, zipSync } from 'fflate';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, CallError, type FlowDetail } from '../api/client';
import { ask } from '../api/queries';
import { Dialog } from '../parts/Dialog';
import { textOf } from '../parts/formats/detect';
import { save } from '../parts/save';
import { Wrong } from '../parts/Wrong';
import { bytesOf } from './content';
import { SHORTEST } from './ReasonDialog';
import { caseFiles, caseName, replaced, type Files } from './testcase';

/** A record as a case of its plugin: what came in, what must come of it; to be looked through before it leaves the hub. */
export function TestCaseDialog({ detail: { flow }, onClose }: { detail: FlowDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const payloads = useQuery(ask.payloads(flow.id));
  const arrival = payloads.data?.find((p) => p.at === 'arrival' && p.kept);
  const published = payloads.data?.filter((p) => p.at === 'published' && p.kept) ?? [];
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<Files | null>(null);
  const name = caseName(flow);

  const make = useMutation({
    mutationFn: async () => {
      const given = arrival && reason.trim().length >= SHORTEST ? await api.unmask(flow.id, arrival.index, reason.trim(), 4 * 1024 * 1024) : null;
      const bytes = given ? bytesOf(given) : null;
      const contents = await Promise.all(published.map((p) => api.payloadContent(flow.id, p.index)));
      const text = bytes && textOf(bytes);
      const [settings, units] = await Promise.all([flow.plugin ? api.settings(flow.plugin).catch(withoutPlugin) : null, api.units()]);
      return caseFiles({
        flow,
        given: text === null ? null : replaced(text),
        arrived: text,
        settings,
        units,
        ending: { hl7: 'hl7', xml: 'xml', json: 'json', csv: 'csv', text: 'txt', bytes: 'bin' }[given?.format ?? 'text'],
        published: contents.map((c) => ({ contract: flow.contract ?? '', content: c.content ?? 'null', maskedFields: c.maskedFields })),
      });
    },
    onSuccess: setFiles,
  });
  const zip = () => {
    const folder = Object.fromEntries(Object.entries(files ?? {}).map(([path, text]) => [path, strToU8(text)]));
    save(new Blob([zipSync({ [name]: folder }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' }), `${name}.zip`);
  };

  return (
    <Dialog wide title={t('testCase.heading')} onClose={onClose} footer={files ? (
      <>
        <Button onClick={onClose}>{t('act.close')}</Button>
        <Button type="primary" onClick={zip}>{t('testCase.download')}</Button>
      </>
    ) : (
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" loading={make.isPending} disabled={payloads.isPending} onClick={() => make.mutate()}>{t('testCase.make')}</Button>
      </>
    )}>
      <p>{t('testCase.text', { folder: `examples/${name}/` })}</p>
      {!files && arrival && (
        <label className="field">
          <span>{t('testCase.reason', { count: SHORTEST })}</span>
          <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
        </label>
      )}
      {!files && payloads.data && !arrival && <p className="small">{t('testCase.noMessage')}</p>}
      {make.isError && <Wrong error={make.error} />}
      {files && (
        <>
          <p className="box warn">{t('testCase.look')}</p>
          {Object.entries(files).map(([path, text]) => (
            <label key={path} className="field">
              <span><code>{path}</code></span>
              <textarea className="file" rows={Math.min(12, text.split(/\r\n|\r|\n/).length + 1)} value={text} spellCheck={false}
                onChange={(e) => setFiles({ ...files, [path]: path.endsWith('.hl7') ? e.target.value.replace(/\r?\n/g, '\r') : e.target.value })} />
            </label>
          ))}
        </>
      )}
    </Dialog>
  );
}

/** A plugin that is gone, and a site's route, have no settings. */
function withoutPlugin(error: unknown): null {
  if (error instanceof CallError && error.problem?.status === 404) return null;
  throw error;
}
