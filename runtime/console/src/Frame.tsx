import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from './api/client';
import { useLive } from './api/live';
import { ask, useNames } from './api/queries';
import { Keys } from './parts/Keys';
import { Loading } from './parts/Loading';
import { Mark } from './parts/Mark';
import { Nav } from './parts/Nav';
import { Shell } from './parts/Shell';
import { useAbout } from './parts/title';

/** What every page stands in once somebody is logged in. */
export function Frame() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const connected = useLive();
  const names = useNames();
  const title = useQuery(ask.hub()).data?.unitTitle;
  const logOut = useMutation({
    mutationFn: api.logOut,
    onSettled: () => {
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
      return queries.resetQueries({ queryKey: ['session'] });
    },
  });

  return (
    <Shell onLogOut={() => logOut.mutate()} nav={<Nav />} place={title ? names.title(title) : undefined}
      status={<span role="status"><Mark tone={connected ? 'good' : 'warn'} text={connected ? t('live.on') : t('live.off')} /></span>}>
      <Keys />
      <Announcement />
      <Suspense fallback={<Loading />}><Outlet /></Suspense>
    </Shell>
  );
}

const PLACES = ['records', 'trouble', 'replays', 'audit', 'plugins', 'schedules', 'rules', 'reports'] as const;

/** Tells those who don't see it that another page is shown; the first one tells itself. */
function Announcement() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const place = PLACES.find((p) => path?.startsWith(`/${p}`));
  const about = useAbout();
  const before = useRef(path);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (before.current !== undefined && before.current !== path) {
      setSaid(document.querySelector('main h1')?.textContent ?? '');
    }
    before.current = path;
  }, [path]);
  useEffect(() => {
    document.title = [about, place ? t(`nav.${place}`) : null, t('app.title')].filter(Boolean).join(' · ');
  }, [about, place, t]);

  return <div className="unseen" role="status" aria-label={t('nav.page')}>{said}</div>;
}
