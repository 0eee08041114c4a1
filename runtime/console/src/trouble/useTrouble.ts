import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries';
import { STOPPED } from '../records/filters';

/** What has stopped and waits for somebody, by cause. */
export function useTrouble() {
  const causes = useQuery(ask.causes({ status: STOPPED }));
  return { causes, count: causes.data?.groups.length ?? 0 };
}
