import { useQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type PluginSettings } from '../../api/client';
import { ask } from '../../api/queries';
import { useClock } from '../../parts/clock';
import { Loading } from '../../parts/Loading';
import { Wrong } from '../../parts/Wrong';
import type { Deed } from '../PlanDialog';
import { Members } from './Field';
import { objOf, patchOf, type Obj, type Schema } from './schema';

type Props = { id: string; onDeed: (deed: Deed) => void };

/** A plugin's settings as a form made from their schema. What is changed is planned first; what isn't touched isn't sent. */
export function SettingsForm({ id, onDeed }: Props) {
  const settings = useQuery({ ...ask.settings(id), refetchOnWindowFocus: false });
  if (!settings.data) return settings.isError ? <Wrong error={settings.error} onRetry={() => void settings.refetch()} /> : <Loading />;
  return <Editor key={id} id={id} settings={settings.data} onDeed={onDeed} />;
}

function Editor({ id, settings, onDeed }: Props & { settings: PluginSettings }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const schema = settings.schema as Schema;
  const written = useMemo(() => objOf(settings.written as Obj), [settings.written]);
  const [draft, setDraft] = useState<Obj>(written);
  const [base, setBase] = useState(settings.revision);
  const [round, setRound] = useState(0);
  const sent = useRef(false);
  const patch = patchOf(written, draft) as Obj | undefined;
  const moved = base !== settings.revision;
  const begin = useCallback(() => {
    setDraft(written);
    setBase(settings.revision);
    setRound((n) => n + 1);
  }, [written, settings.revision]);

  useBlocker({ shouldBlockFn: () => patch !== undefined && !window.confirm(t('settings.leave')), enableBeforeUnload: () => patch !== undefined });

  // our own change has taken hold, or another's came while nothing was entered here
  useEffect(() => {
    if (!moved || (patch !== undefined && !sent.current)) return;
    sent.current = false;
    begin();
  }, [moved, patch, begin]);

  if (Object.keys(objOf(schema.properties)).length === 0) {
    return <section className="panel"><p className="empty">{t('settings.none')}</p></section>;
  }
  return (
    <>
      <section className="panel settings" aria-labelledby="settings-heading">
        <div className="head">
          <h2 id="settings-heading">{t('pluginTab.settings')}</h2>
          <span className="small">{t('settings.file')} <code>{settings.file}</code> · {t('settings.revision', { number: settings.revision })}</span>
        </div>
        {moved && (
          <div className="box warn" role="status">
            <p>{t('settings.moved')} <Button size="small" onClick={begin}>{t('settings.begin')}</Button></p>
          </div>
        )}
        <form onSubmit={(e) => {
          e.preventDefault();
          if (patch) onDeed({ title: t('settings.change', { id }), run: (m) => api.configure(id, patch, m), done: () => { sent.current = true; } });
        }}>
          <Members key={round} schema={schema} root={schema} value={draft} keepEmpty onChange={(next) => setDraft(objOf(next))} />
          <div className="foot">
            <span className="small" role="status">{patch ? t('settings.changed', { keys: Object.keys(patch).join(', ') }) : t('settings.unchanged')}</span>
            <Button disabled={!patch} onClick={begin}>{t('settings.discard')}</Button>
            <Button type="primary" htmlType="submit" disabled={!patch}>{t('settings.plan')}</Button>
          </div>
        </form>
      </section>
      {settings.revisions.length > 0 && (
        <section className="panel" aria-labelledby="revisions-heading">
          <h2 id="revisions-heading">{t('settings.revisions')}</h2>
          <ul className="lines">
            {settings.revisions.map((r) => (
              <li key={r.number}>
                <div className="grow">
                  <span className="title">{t('settings.revision', { number: r.number })}</span>
                  <div className="small">{[time(r.at), r.who, r.version].filter(Boolean).join(' · ')}</div>
                </div>
                <Button size="small" onClick={() => onDeed({
                  title: t('settings.restoreTo', { number: r.number }),
                  run: (m) => api.restoreSettings(id, r.number, m),
                })}>{t('settings.restore')}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
