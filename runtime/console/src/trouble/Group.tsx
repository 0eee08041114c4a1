import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CauseGroup, FlowQuery } from '../api/client';
import { ask, useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { isPlugin, SITE } from '../plugins/site';
import { queryOf, STOPPED, type Filters } from '../records/filters';
import { useRange } from '../records/useRange';
import type { Choice } from '../replays/ReplayDialog';
import { useCure } from './cures';
import { useFailure, Why } from './Why';

type Props = {
  group: CauseGroup;
  filters: Filters;
  /** The time over which the groups of the page are spread. */
  since: number;
  until: number;
  units: boolean;
  onAsk: (asked: Asked) => void;
};

/** What somebody wants to do with a group. */
export type Asked = { action: 'SEND_ON' | 'DISMISS'; choice: Choice };

const SHOWN = 4;

/** One cause: how many records it stopped, where, since when, and what to do about all of them. */
export function Group({ group, filters, since, until, units, onAsk }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { time, now, zone } = useClock();
  const { number } = useSpans();
  const cure = useCure();
  const { latest } = group;
  // nobody knows why: there is no filter for just these, so nothing is done to all of them at once
  const nameless = group.id === null;
  const own: Filters = { ...filters, ...(group.id ? { cause: group.id } : { status: [latest.status] }) };
  const spread = useQuery({ ...ask.facets(useRange(own)), enabled: units }).data;
  const found = spread?.groups.find((g) => g.by === 'unit')?.counts ?? [];
  const single = group.flows === 1;
  const failure = useFailure(latest);
  const choice = (): Choice => {
    const query: FlowQuery = queryOf(own, now(), zone);
    query.to ??= now().toISOString();
    return single ? { query: {}, only: [latest.id] } : { query };
  };

  return (
    <li className="panel cause-group">
      <div className="many">
        <b>{number(group.flows)}</b>
        <span className="small">{t('trouble.records', { count: group.flows })}</span>
        <Mark tone={toneOfFlow(latest.status)} text={t(`flowStatus.${latest.status}`)} />
      </div>
      <div className="what">
        <h2>
          {single ? <Link to="/records/$id" params={{ id: latest.id }} className="title"><Why flow={latest} /></Link>
            : <Link to="/records" search={own} className="title"><Why flow={latest} /></Link>}
        </h2>
        <p className="cure"><b>{t('trouble.cure')}</b> {cure(latest)}</p>
        <dl className="where">
          {latest.causeCode && <div><dt>{t('record.causeCode')}</dt><dd><code>{latest.causeCode}</code></dd></div>}
          {latest.plugin && (
            <div><dt>{t('record.plugin')}</dt><dd>{latest.plugin === SITE ? t('record.site') : !isPlugin(latest.plugin) ? names.plugin(latest.plugin) : <Link to="/plugins/$id" params={{ id: latest.plugin }}>{names.plugin(latest.plugin)}</Link>}</dd></div>
          )}
          {failure?.subscription && <div><dt>{t('record.subscription')}</dt><dd><code>{failure.subscription}</code></dd></div>}
          {latest.contract && <div><dt>{t('filter.contract')}</dt><dd>{names.contract(latest.contract)}</dd></div>}
          {(found.length > 0 || (single && latest.unit)) && (
            <div>
              <dt>{t('records.unit')}</dt>
              <dd>
                {found.slice(0, SHOWN).map((u) => (
                  <Link key={u.value} className="unit" to="/records" search={{ ...own, unit: u.value }}>{names.unit(u.value)} <span className="small">{number(u.flows)}</span></Link>
                ))}
                {found.length > SHOWN && <span className="small">{t('trouble.more', { count: found.length - SHOWN })}</span>}
                {found.length === 0 && latest.unit && names.unit(latest.unit)}
              </dd>
            </div>
          )}
          {found.length === 0 && !latest.unit && latest.source && (
            <div><dt>{single ? t('records.source') : t('trouble.newestSource')}</dt><dd>{latest.source}</dd></div>
          )}
          <div>
            <dt>{single ? t('records.time') : t('trouble.when')}</dt>
            <dd><time dateTime={group.firstAt}>{time(group.firstAt)}</time>{!single && <> – <time dateTime={group.lastAt}>{time(group.lastAt)}</time></>}</dd>
          </div>
        </dl>
        <Reach from={group.firstAt} to={group.lastAt} since={since} until={until} />
      </div>
      <div className="do">
        {single ? <Link to="/records/$id" params={{ id: latest.id }}>{t('trouble.openOne')}</Link>
          : <Link to="/records" search={own}>{t('trouble.open', { count: group.flows, number: number(group.flows) })}</Link>}
        {STOPPED.includes(latest.status) && (!nameless || single) && (
          <>
            <Button type="primary" onClick={() => onAsk({ action: 'SEND_ON', choice: choice() })}>{single ? t('replay.act') : t('trouble.replayAll')}</Button>
            <Button onClick={() => onAsk({ action: 'DISMISS', choice: choice() })}>{single ? t('dismiss.act') : t('trouble.dismissAll')}</Button>
          </>
        )}
      </div>
    </li>
  );
}

/** When a cause struck, within the time that the page is about. */
function Reach({ from, to, since, until }: { from: string; to: string; since: number; until: number }) {
  const whole = Math.max(1, until - since);
  const left = ((new Date(from).getTime() - since) / whole) * 100;
  const width = ((new Date(to).getTime() - new Date(from).getTime()) / whole) * 100;
  return <div className="reach" aria-hidden="true"><span style={{ left: `${left}%`, width: `max(4px, ${width}%)` }} /></div>;
}
