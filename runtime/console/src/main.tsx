import './styles.css'; // before all that says more
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CallError } from './api/client';
import { App } from './App';
import { ready } from './i18n';

const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // the hub's events say when something is old
      staleTime: Infinity,
      retry: (count, error) => count < 2 && error instanceof CallError && error.problem === undefined,
      refetchOnWindowFocus: true,
    },
  },
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== 'session' && error instanceof CallError && error.unauthorized) {
        void queries.resetQueries({ queryKey: ['session'] });
      }
    },
  }),
});

void ready.then(() => createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}><App /></QueryClientProvider>
  </StrictMode>,
));
