import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { askReporting, type Comparison } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Choice } from '../../parts/Choice';
import { Loading } from '../../parts/Loading';
import { useWide } from '../../parts/wide';
import { Wrong } from '../../parts/Wrong';
import { useFigures } from '../figures';
import { useCellLinks } from '../gridKeys';
import { IndicatorChoice, summable } from '../IndicatorChoice';
import type { ViewProps } from '../Report';
import { useTree } from '../tree';
import { cityOf, COLUMNS, placeOf, SHADES, shades } from './tiles';
import './compare.css';

const here = getRouteApi('/reports/$form/$period');
const OF = ['value', 'change', 'changeOfPrevious'] as const;

/** The province's cities about where they lie, by one indicator: its colour and its number. */
export function TilesView({ form, period }: ViewProps) {
  const { t } = useTranslation();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const root = useTree()?.root?.code;
  const indicator = summable(form).find((i) => i.code === search.indicator)?.code ?? summable(form)[0]?.code ?? '';
  const comparison = useQuery({ ...askReporting.comparison(form.id, period, root, indicator), placeholderData: keepPreviousData, enabled: root !== undefined });
  const of = OF.find((o) => o === search.of) ?? 'value';
  const set = (next: Partial<typeof search>) => void navigate({ search: (s) => ({ ...s, ...next }), replace: true, resetScroll: false });
  return (
    <section className="panel" aria-labelledby="tiles-heading" aria-busy={comparison.isPlaceholderData}>
      <div className="head">
        <h2 id="tiles-heading">{t('tiles.heading')}</h2>
        <div className="acts">
          <IndicatorChoice form={form} value={indicator} onChange={(code) => set({ indicator: code })} />
          <Choice label={t('tiles.of')} value={of} onChange={(o) => set({ of: o === 'value' ? undefined : o })} options={OF.map((value) => ({ value, label: t(`tilesOf.${value}`) }))} />
        </div>
      </div>
      {comparison.isError ? <Wrong error={comparison.error} onRetry={() => void comparison.refetch()} />
        : !comparison.data ? <Loading /> : <Tiles data={comparison.data} of={of} />}
    </section>
  );
}

function Tiles({ data, of }: { data: Comparison; of: (typeof OF)[number] }) {
  const { t } = useTranslation();
  const names = useNames();
  const links = useCellLinks();
  const { figure, short, percent } = useFigures();
  const wide = useWide(720);
  const rows = data.rows.filter((r) => placeOf(r.unit.code));
  const shade = shades(rows.map((r) => r[of]));
  const said = (v: number | null) => (v === null ? '–' : of === 'value' ? (Math.abs(v) >= (wide ? 100_000 : 1_000) ? short(v) : figure(data.indicator, v)) : percent(v));
  const elsewhere = data.rows.length - rows.length;
  if (rows.length === 0) return <p className="empty">{t('tiles.nothing')}</p>;
  return (
    <>
      <ul className="tile-map" style={{ gridTemplateColumns: `repeat(${COLUMNS}, minmax(0, 1fr))` }} onClick={links.onClick}>
        {[...rows].sort((a, b) => placeOf(a.unit.code)![1]! - placeOf(b.unit.code)![1]! || placeOf(a.unit.code)![0]! - placeOf(b.unit.code)![0]!).map((r) => {
          const [column = 0, row = 0] = placeOf(r.unit.code)!;
          const s = shade[rows.indexOf(r)];
          const name = names.zh ? r.unit.name : r.unit.nameEn;
          const exact = of === 'value' ? figure(data.indicator, r.value) : said(r[of]);
          return (
            <li key={r.unit.code} style={{ gridColumn: column + 1, gridRow: row + 1 }}>
              <a className={s === null || s === undefined ? 'to city none' : `to city shade-${s}`} href={`/reports/${data.form}/${data.period}?unit=${r.unit.code}`}
                title={`${name}: ${exact} ${of === 'value' ? data.indicator.unit ?? '' : ''}${r.rank === null ? '' : ` · ${t('tiles.rank', { rank: r.rank })}`}`}>
                <span className="name">{names.title(cityOf(r.unit.code)!)}</span>
                <b>{said(r[of])}</b>
              </a>
            </li>
          );
        })}
      </ul>
      <ul className="tile-legend" aria-label={t('heat.legend')}>
        <li>{t('tiles.least')}</li>
        {Array.from({ length: SHADES }, (_, i) => <li key={i}><span className={`swatch shade-${i}`} aria-hidden="true" /></li>)}
        <li>{t('tiles.most')}</li>
        <li className="small">{t('tiles.shadeHint')}</li>
      </ul>
      {elsewhere > 0 && <p className="small">{t('tiles.elsewhere', { count: elsewhere })}</p>}
    </>
  );
}
