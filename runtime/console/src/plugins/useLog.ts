import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type LogLine, type LogQuery } from '../api/client';
import { onLog } from '../api/live';

const PAGE = 100;
const MOST = 2_000;

type State = { lines: LogLine[] | null; next: number | null };

/** New lines before those that are there; when there is a gap between, the new ones alone. */
export function joined(there: readonly LogLine[], fresh: readonly LogLine[], gap: boolean): LogLine[] {
  if (gap) return [...fresh];
  const newest = there[0]?.number ?? 0;
  return [...fresh.filter((l) => l.number > newest), ...there].slice(0, MOST);
}

/** The lines of a log: the newest, older ones as they are asked for, and new ones as they come unless it is paused. */
export function useLog(id: string, level: NonNullable<LogQuery['level']>, q: string | undefined, paused: boolean) {
  const [{ lines, next }, setState] = useState<State>({ lines: null, next: null });
  const [error, setError] = useState<unknown>(null);
  const [waiting, setWaiting] = useState(false);
  const [loading, setLoading] = useState(false);
  const [tries, setTries] = useState(0);
  const held = useRef({ paused, lines });
  held.current = { paused, lines };

  useEffect(() => {
    let over = false;
    setState({ lines: null, next: null });
    setError(null);
    api.log(id, { level, q, limit: PAGE }).then((page) => {
      if (!over) setState({ lines: page.lines, next: page.next });
    }).catch((e: unknown) => {
      if (!over) setError(e);
    });
    return () => {
      over = true;
    };
  }, [id, level, q, tries]);

  const look = useCallback(async () => {
    const newest = held.current.lines?.[0]?.number;
    if (held.current.lines === null) return;
    try {
      const page = await api.log(id, { level, q, limit: PAGE, ...(newest ? { after: newest } : {}) });
      setState((s) => (s.lines === null ? s : { lines: joined(s.lines, page.lines, page.next !== null), next: page.next ?? s.next }));
      setWaiting(false);
    } catch {
      // the next event tries again
    }
  }, [id, level, q]);

  useEffect(() => onLog((plugins) => {
    if (plugins !== null && !(id in plugins)) return;
    if (held.current.paused) setWaiting(true);
    else void look();
  }), [id, look]);

  useEffect(() => {
    if (!paused) void look();
  }, [paused, look]);

  const older = async () => {
    if (next === null) return;
    setLoading(true);
    try {
      const page = await api.log(id, { level, q, limit: PAGE, before: next });
      setState((s) => ({ lines: [...(s.lines ?? []), ...page.lines], next: page.next }));
    } catch (e) {
      setError(e);
    } finally {
      setLoading(false);
    }
  };

  return { lines, error, waiting, loading, more: next !== null, older: () => void older(), again: () => setTries(tries + 1) };
}
