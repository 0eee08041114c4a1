import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { api } from '../api/client';
import { BackLink } from '../parts/BackLink';
import { Loading } from '../parts/Loading';
import { Wrong } from '../parts/Wrong';
import { filtersOf } from './views';

const here = getRouteApi('/l/$id');

/** A short link: it leads to the search that stands behind it. */
export function Linked() {
  const { id } = here.useParams();
  const search = useQuery({ queryKey: ['link', id], queryFn: () => api.link(id), staleTime: Infinity, retry: false });
  if (search.data !== undefined) return <Navigate to="/records" search={filtersOf(search.data)} replace />;
  return (
    <div className="page">
      <BackLink to="/records" />
      {search.isError ? <Wrong error={search.error} onRetry={() => void search.refetch()} /> : <Loading />}
    </div>
  );
}
