import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api/client';
import { useClock } from '../parts/clock';
import { queryOf, type Filters } from './filters';

/** Asks what a search in the contents would cost, among what some filters match; its page says it and lets it begin. */
export function useContentSearch(filters: Filters) {
  const navigate = useNavigate();
  const { now, zone } = useClock();
  return useMutation({
    mutationFn: (text: string) => api.askContentSearch(queryOf(filters, now(), zone), text),
    onSuccess: (search) => navigate({ to: '/searches/$id', params: { id: String(search.id) }, search: filters }),
  });
}
