import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Replay } from '../api/client';
import { ask } from '../api/queries';
import { Loading } from '../parts/Loading';
import { Mark, type Tone } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';

const TONES: Record<Replay['state'], Tone> = { RUNNING: 'busy', PAUSED: 'warn', STOPPED: 'idle', DONE: 'good', FAILED: 'bad' };

export const toneOfReplay = (state: Replay['state']) => TONES[state];

/** How far a replay is; it can be paused and stopped. */
export function Progress({ id }: { id: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const replay = useQuery(ask.replay(id));
  const turn = useMutation({
    mutationFn: (to: 'pause' | 'resume' | 'stop') => api.turnReplay(id, to),
    onSuccess: (now) => {
      queries.setQueryData(ask.replay(id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ['replays'], exact: true });
    },
  });
  const state = replay.data?.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'RUNNING' && state !== 'RUNNING') {
      ['replays', 'causes', 'facets', 'attention', 'record'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
    }
    before.current = state;
  }, [state, queries]);

  if (!replay.data) return replay.isError ? <Wrong error={replay.error} onRetry={() => void replay.refetch()} /> : <Loading />;
  const now = replay.data;
  return (
    <div className="progress">
      <div className="line1">
        <span role="status"><Mark tone={TONES[now.state]} text={t(`replayState.${now.state}`)} /></span>
        <span className="acts">
          {now.state === 'RUNNING' && <Button size="small" loading={turn.isPending} onClick={() => turn.mutate('pause')}>{t('replay.pause')}</Button>}
          {(now.state === 'PAUSED' || now.state === 'FAILED') && <Button size="small" type="primary" loading={turn.isPending} onClick={() => turn.mutate('resume')}>{t('replay.resume')}</Button>}
          {['RUNNING', 'PAUSED', 'FAILED'].includes(now.state) && <Button size="small" danger loading={turn.isPending} onClick={() => turn.mutate('stop')}>{t('replay.stop')}</Button>}
        </span>
      </div>
      <Bar replay={now} />
      {now.problem && <p className="cause">{now.problem}</p>}
      {turn.isError && <Wrong error={turn.error} />}
    </div>
  );
}

/** What was done, was not needed, stopped again, and is still to be done, in one line. */
export function Bar({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const { number } = useSpans();
  const settled = replay.done + replay.skipped + replay.failed;
  const share = (n: number) => `${replay.total === 0 ? 0 : (n / replay.total) * 100}%`;
  const sending = replay.action === 'SEND_ON';
  return (
    <>
      <div className="bar" role="progressbar" aria-label={t('replay.progress')} aria-valuemin={0} aria-valuemax={replay.total} aria-valuenow={settled}>
        <span className="done" style={{ width: share(replay.done) }} />
        <span className="skipped" style={{ width: share(replay.skipped) }} />
        <span className="failed" style={{ width: share(replay.failed) }} />
      </div>
      <ul className="tally">
        <li className="done">{sending ? t('replay.done', { number: number(replay.done) }) : t('dismiss.done', { number: number(replay.done) })}</li>
        {replay.skipped > 0 && <li className="skipped">{t('replay.skipped', { number: number(replay.skipped) })}</li>}
        {replay.failed > 0 && <li className="failed">{t('replay.failed', { number: number(replay.failed) })}</li>}
        <li>{t('replay.of', { number: number(replay.total) })}</li>
      </ul>
    </>
  );
}
