import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Replay } from './client';
import { tell } from './live';

const RUNNING: Replay = {
  id: 7, action: 'SEND_ON', state: 'RUNNING', who: 'li', reason: null, about: '{}', startedAt: '2026-11-28T08:00:00+08:00', endedAt: null,
  total: 10, done: 1, skipped: 0, failed: 0, problem: null,
};
const EARLIER: Replay = { ...RUNNING, id: 6, state: 'DONE', endedAt: '2026-11-28T07:00:00+08:00' };

describe('a replay that the hub tells of', () => {
  beforeEach(() => vi.stubGlobal('document', { hidden: false }));

  it('is shown as it stands, alone and among the others', () => {
    const queries = new QueryClient();
    queries.setQueryData(['replays'], [RUNNING, EARLIER]);

    tell(queries, { ...RUNNING, done: 5 });

    expect(queries.getQueryData<Replay>(['replays', 7])?.done).toBe(5);
    expect(queries.getQueryData<Replay[]>(['replays'])?.map((r) => r.done)).toEqual([5, 1]);
    expect(queries.getQueryState(['replays'])?.isInvalidated).toBe(false);
  });

  it('that nobody here began has the list read again', () => {
    const queries = new QueryClient();
    queries.setQueryData(['replays'], [EARLIER]);

    tell(queries, RUNNING);

    expect(queries.getQueryState(['replays'])?.isInvalidated).toBe(true);
  });

  it('is read once more at its end, with what stopped again', () => {
    const queries = new QueryClient();
    queries.setQueryData(['replays', 7, 'failures'], []);
    queries.setQueryData(['replays'], [RUNNING]);

    tell(queries, { ...RUNNING, state: 'DONE', endedAt: '2026-11-28T08:00:01+08:00' });

    expect(queries.getQueryState(['replays', 7, 'failures'])?.isInvalidated).toBe(true);
    expect(queries.getQueryState(['replays', 7])?.isInvalidated).toBe(true);
  });
});
