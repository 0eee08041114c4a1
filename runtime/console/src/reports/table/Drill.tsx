import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Form, Indicator } from '../../api/client';
import { askReporting, type ReportRow } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { Dialog } from '../../parts/Dialog';
import { Loading } from '../../parts/Loading';
import { Scroll } from '../../parts/Scroll';
import { Wrong } from '../../parts/Wrong';
import { Completeness } from '../Completeness';
import { useFigures } from '../figures';
import { Path } from '../Path';
import { StandMark } from '../stands';
import { Stale } from './FormTable';
import { Signed } from './Signed';

const here = getRouteApi('/reports/$form/$period');

type Props = { form: Form; period: string; top: string; cell: string; at: string };

/** One number and what it is made of, a level at a time, down to the answer that was signed. */
export function Drill({ form, period, top, cell, at }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { figure, percent } = useFigures();
  const search = here.useSearch();
  const navigate = here.useNavigate();
  const table = useQuery({ ...askReporting.table(form.id, period, at), placeholderData: keepPreviousData });
  const indicator = form.indicators.find((i) => i.code === cell);
  const close = () => void navigate({ search: { ...search, cell: undefined, at: undefined }, resetScroll: false });
  if (!indicator) return null;
  const to = (next: { cell?: string; at?: string }) => ({ ...search, cell, at, ...next });
  const total = table.data?.total;
  const value = total?.values[cell];
  const parts = [...(table.data?.rows ?? [])].sort((a, b) => (b.values[cell] ?? -Infinity) - (a.values[cell] ?? -Infinity));
  const others = operands(form, indicator);
  const summed = indicator.kind === 'SUM' || indicator.kind === 'LAST';

  return (
    <Dialog wide title={names.title(indicator.title)} onClose={close}>
      <Path unit={at} label={t('table.drillPath')} link={(u, name) => <Link to="/reports/$form/$period" params={{ form: form.id, period }} search={to({ at: u.code })} resetScroll={false}>{name}</Link>} />
      {table.isError && <Wrong error={table.error} onRetry={() => void table.refetch()} />}
      {!total && !table.isError && <Loading />}
      {total && (
        <div className={table.isPlaceholderData ? 'faded drill' : 'drill'} aria-busy={table.isPlaceholderData}>
          <p className="big-figure"><b>{figure(indicator, value)}</b> {indicator.unit}{total.stale && <Stale />}
            {total.standing ? <StandMark standing={total.standing} /> : <Completeness total={total} />}</p>
          <How indicator={indicator} total={total} />
          {others.length > 0 && (
            <dl className="facts">
              {others.map((o) => (
                <div key={o.code}>
                  <dt>{names.title(o.title)}</dt>
                  <dd><Link to="/reports/$form/$period" params={{ form: form.id, period }} search={to({ cell: o.code })} resetScroll={false}>{figure(o, total.values[o.code])}</Link> {o.unit}</dd>
                </div>
              ))}
            </dl>
          )}
          {parts.length > 0 && (
            <Scroll label={t('reports.parts')}>
              <table className="grid">
                <thead>
                  <tr>
                    <th scope="col">{t('reports.parts')}</th>
                    <th scope="col" className="number">{t('reporting.value')}</th>
                    {summed && <th scope="col" className="number">{t('reporting.share')}</th>}
                    {others.map((o) => <th key={o.code} scope="col" className="number">{names.title(o.title)}</th>)}
                    <th scope="col">{t('reporting.state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {parts.map((p) => (
                    <tr key={p.unit.code}>
                      <th scope="row"><Link to="/reports/$form/$period" params={{ form: form.id, period }} search={to({ at: p.unit.code })} resetScroll={false}>{names.zh ? p.unit.name : p.unit.nameEn}</Link></th>
                      <td className="number">{figure(indicator, p.values[cell])}{p.stale && <Stale />}</td>
                      {summed && <td className="number">{value && p.values[cell] !== undefined ? percent((p.values[cell] / value) * 100, false) : ''}</td>}
                      {others.map((o) => <td key={o.code} className="number">{figure(o, p.values[o.code])}</td>)}
                      <td>{p.standing ? <StandMark standing={p.standing} /> : <Completeness total={p} />}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
          {total.standing && total.standing.version > 0 && <Signed form={form} period={period} unit={at} />}
          {at !== top && total.standing === null && (
            <p><Link to="/reports/$form/$period" params={{ form: form.id, period }} search={{ unit: at }}>{t('table.openUnit', { unit: names.unit(at) })}</Link></p>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** The indicators that a number is made from over units. */
function operands(form: Form, i: Indicator): Indicator[] {
  const codes = i.kind === 'RATIO' ? [i.numerator, i.denominator] : i.kind === 'WEIGHTED' ? [i.weight] : [];
  return codes.flatMap((code) => form.indicators.filter((x) => x.code === code));
}

/** How a number comes about, in a sentence. */
function How({ indicator: i, total }: { indicator: Indicator; total: ReportRow }) {
  const { t } = useTranslation();
  const made = i.formula ? t('table.howFormula', { formula: i.formula }) : '';
  const sentence = !total.standing || i.kind === 'RATIO' ? t(`tableHow.${i.kind}`) : made ? '' : t('table.howAnswered');
  return <p className="small">{sentence} {made}</p>;
}
