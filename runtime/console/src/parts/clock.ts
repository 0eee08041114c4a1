import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries';
import { useTimes } from './times';

/** The hub's time and zone: days and "now" are the hub's, wherever the reader is. */
export function useClock() {
  const hub = useQuery(ask.hub());
  const ahead = hub.data ? new Date(hub.data.now).getTime() - hub.dataUpdatedAt : 0;
  return {
    known: hub.data !== undefined,
    zone: hub.data?.zone,
    now: () => new Date(Date.now() + ahead),
    time: useTimes(hub.data?.zone, hub.data?.now),
  };
}
