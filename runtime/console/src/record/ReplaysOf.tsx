import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReplayOfFlow } from '../api/client';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, type Tone } from '../parts/Mark';

const TONES: Record<ReplayOfFlow['outcome'], Tone> = { PENDING: 'busy', DONE: 'good', SKIPPED: 'idle', FAILED: 'bad' };

/** The replays that the record was chosen for, and how each ended for it: also those that changed nothing, of which no hop tells. */
export function ReplaysOf({ id }: { id: string }) {
  const { t } = useTranslation();
  const { time } = useClock();
  const replays = useQuery(ask.replaysOf(id)).data;
  if (!replays?.length) return null;
  return (
    <section className="panel" aria-labelledby="replays-heading">
      <h2 id="replays-heading">{t('replay.ofRecord')}</h2>
      <ul className="lines">
        {replays.map(({ replay, outcome, cause }) => (
          <li key={replay.id}>
            <div className="grow">
              <Link to="/replays/$id" params={{ id: String(replay.id) }} className="title">{t(`replayAction.${replay.action}`)} · {replay.id}</Link>
              <div className="small">{[time(replay.startedAt), replay.who, replay.reason].filter(Boolean).join(' · ')}</div>
              {cause && <div className="cause">{cause}</div>}
            </div>
            <Mark tone={outcome === 'PENDING' && replay.endedAt !== null ? 'idle' : TONES[outcome]}
              text={outcome === 'PENDING' && replay.endedAt !== null ? t('replay.neverBegun') : t(`replayOutcome.${outcome}`)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
