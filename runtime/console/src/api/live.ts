import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** What is read again when something of its kind changed. */
const TOUCHED = {
  plugin: ['plugins', 'hub', 'contracts'],
  records: ['records'],
  heartbeat: ['hub'],
} as const;

/**
 * Listens to the hub's events for as long as the component lives and has the lists read again when they changed; nothing is
 * asked for on a timer. Answers whether the line stands.
 */
export function useLive(): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);

  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    const refresh = (keys: readonly string[]) => {
      keys.forEach((key) => {
        void queries.invalidateQueries({ queryKey: [key], refetchType: document.hidden ? 'none' : 'active' });
      });
    };
    source.addEventListener('hello', () => {
      setConnected(true);
      // what happened while the line was down was told to nobody
      void queries.invalidateQueries();
    });
    Object.entries(TOUCHED).forEach(([event, keys]) => source.addEventListener(event, () => refresh(keys)));
    source.onerror = () => {
      setConnected(false);
      // a line that the browser gives up is a session that has ended, or a hub that is full
      if (source.readyState === EventSource.CLOSED) void queries.invalidateQueries({ queryKey: ['session'] });
    };
    return () => source.close();
  }, [queries]);

  return connected;
}
