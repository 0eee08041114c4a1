import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../api/client';
import { Choice } from '../parts/Choice';
import { useClock } from '../parts/clock';
import { Loading } from '../parts/Loading';
import { Mark, type Tone } from '../parts/Mark';
import { Wrong } from '../parts/Wrong';
import { LEVELS, type PluginSearch } from '../router';
import { useLog } from './useLog';

const here = getRouteApi('/plugins/$id');
const TONES: Record<LogLine['level'], Tone> = { ERROR: 'bad', WARN: 'warn', INFO: 'busy', DEBUG: 'idle', TRACE: 'idle' };

/** What a plugin logged, and the hub about it, as it comes in. */
export function Log({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { time } = useClock();
  const { level = 'INFO', q } = here.useSearch();
  const [text, setText] = useState(q ?? '');
  const [paused, setPaused] = useState(false);
  const log = useLog(id, level, q, paused);
  const narrow = (to: PluginSearch) => void navigate({ to: '/plugins/$id', params: { id }, search: { tab: 'log', level, q, ...to }, replace: true, resetScroll: false });

  useEffect(() => {
    const wait = setTimeout(() => {
      if (text.trim() !== (q ?? '')) narrow({ q: text.trim() || undefined });
    }, 300);
    return () => clearTimeout(wait);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what is typed begins the wait
  }, [text]);

  return (
    <section className="panel log" aria-labelledby="log-heading">
      <div className="head">
        <h2 id="log-heading">{t('pluginTab.log')}</h2>
        <div className="acts">
          <Choice label={t('log.level')} value={level} onChange={(v) => narrow({ level: v })} options={LEVELS.map((l) => ({ value: l, label: t(`logLevel.${l}`) }))} />
          <Input size="small" allowClear className="search" aria-label={t('log.search')} placeholder={t('log.search')} value={text} onChange={(e) => setText(e.target.value)} />
          <Button size="small" aria-pressed={paused} onClick={() => setPaused(!paused)}>{paused ? t('log.resume') : t('log.pause')}</Button>
        </div>
      </div>
      <p className="small">{t('log.hint')}</p>
      {log.error !== null && <Wrong error={log.error} onRetry={log.again} />}
      {paused && log.waiting && <p role="status"><Button size="small" type="primary" onClick={() => setPaused(false)}>{t('log.waiting')}</Button></p>}
      {log.lines === null ? log.error === null && <Loading /> : log.lines.length === 0 ? <p className="empty">{t('log.none')}</p> : (
        <ol className="logs" aria-label={t('log.lines')}>
          {log.lines.map((l) => (
            <li key={l.number} className={TONES[l.level]}>
              <time dateTime={l.at}>{time(l.at)}</time>
              <Mark tone={TONES[l.level]} text={l.level} />
              <div className="said">
                <div className="message">{l.message}</div>
                {l.error && <div className="cause">{l.error}</div>}
                <div className="small">{[l.route, l.logger.replace(/^.*\./, ''), l.thread].filter(Boolean).join(' · ')}</div>
              </div>
            </li>
          ))}
        </ol>
      )}
      {log.more && <Button onClick={log.older} loading={log.loading}>{t('log.older')}</Button>}
    </section>
  );
}
