import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Loading } from '../parts/Loading';
import { useWide } from '../parts/wide';
import { Wrong } from '../parts/Wrong';
import type { OverviewSearch } from '../router';
import { around } from './layout';
import { MapPicture } from './MapPicture';
import { MapTable } from './MapTable';
import './map.css';

type Props = { plugin: string | undefined; shown: OverviewSearch['map']; onTurn: (to: OverviewSearch) => void };

/** What runs and what flows, as a picture where there is room, and as a table for everybody. */
export function MapPanel({ plugin, shown: chosen, onTurn }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const wide = useWide(900);
  const shown = chosen ?? (wide ? 'picture' : 'table');
  const map = useQuery(ask.map());
  const plugins = map.data?.nodes.filter((n) => n.kind === 'plugin') ?? [];
  const part = map.data && around(map.data, plugins.some((p) => p.ref === plugin) ? plugin : undefined);

  return (
    <section className="panel map" aria-labelledby="map-heading">
      <div className="head">
        <h2 id="map-heading">{t('map.heading')}</h2>
        <div className="acts">
          <Choice hidden label={t('map.choose')} value={plugin ?? ''} onChange={(v) => onTurn({ plugin: v === '' ? undefined : v })}
            options={[{ value: '', label: t('map.all') }, ...plugins.map((p) => ({ value: p.ref, label: names.title(p.title) }))]} />
          <Segmented<'picture' | 'table'> size="small" value={shown} onChange={(map) => onTurn({ map })} aria-label={t('map.shown')}
            options={[{ value: 'picture', label: t('map.picture') }, { value: 'table', label: t('map.table') }]} />
        </div>
      </div>
      {map.isError && <Wrong error={map.error} onRetry={() => void map.refetch()} />}
      {!part && !map.isError && <Loading />}
      {part?.nodes.length === 0 && <p className="empty">{t('map.empty')}</p>}
      {part && part.nodes.length > 0 && (shown === 'picture' ? <MapPicture map={part} /> : <MapTable map={part} />)}
    </section>
  );
}
