import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hop } from '../api/client';
import { useNames } from '../api/queries';
import { useClock } from '../parts/clock';
import { toneOfHop } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { HUB, isPlugin, SITE } from '../plugins/site';
import { RuleLink } from '../rules/RuleLink';
import { useCauseText } from '../trouble/causes';
import { BY_HAND, replayOf, stepsOf } from './hops';

/** Of a way with very many hops, such as tries, the first and last are shown. */
const FIRST = 12;
const LAST = 20;

/** Where a hop came from: a system in its own words; of what was done by hand who did it, and the replay that it was part of. */
function From({ hop }: { hop: Hop }) {
  const { t } = useTranslation();
  const replay = replayOf(hop);
  if (BY_HAND.includes(hop.kind)) {
    return (
      <>
        {hop.sourceId && <span>{t('replay.who')} {hop.sourceId}</span>}
        {replay && <Link to="/replays/$id" params={{ id: replay }}>{t('record.replay', { id: replay })}</Link>}
      </>
    );
  }
  return hop.source && <span>{t('records.source')} {[hop.source, hop.sourceType, hop.sourceId].filter(Boolean).join(' · ')}</span>;
}

/** All that happened to a record, from its system to where it went, in the order in which it happened. */
export function Timeline({ flow, hops }: { flow: string; hops: Hop[] }) {
  const { t } = useTranslation();
  const say = useCauseText();
  const names = useNames();
  const { time } = useClock();
  const { span, size } = useSpans();
  const steps = stepsOf(hops);
  const [whole, setWhole] = useState(steps.length <= FIRST + LAST + 5);

  return (
    <section className="panel" aria-labelledby="way-heading">
      <div className="head">
        <h2 id="way-heading">{t('record.way')}</h2>
        <span className="small">{t('record.hops', { count: hops.length })} · <Link to="/audit" search={{ object: flow }}>{t('record.audit')}</Link></span>
      </div>
      <ol className="way">
        {steps.map(({ hop, sinceFirst, sinceBefore, parallel }, i) => (i >= FIRST && i < steps.length - LAST && !whole ? i === FIRST && (
          <li key="between" className="idle"><Button size="small" onClick={() => setWhole(true)}>{t('record.between', { count: steps.length - FIRST - LAST })}</Button></li>
        ) : (
          <li key={i} className={toneOfHop(hop.kind)}>
            <div className="line1">
              <span className="title">{t(`hopKind.${hop.kind}`)}</span>
              <span className="small">
                <time dateTime={hop.at}>{time(hop.at)}</time>
                {i > 0 && (parallel || sinceBefore > 0) && <> · <span title={t('record.sinceFirst', { span: span(sinceFirst) })}>{parallel ? t('record.beside', { span: span(sinceFirst) }) : `+${span(sinceBefore)}`}</span></>}
              </span>
            </div>
            <div className="parts">
              {hop.plugin === SITE ? <span>{t('record.site')}</span> : hop.plugin === HUB ? <span>{t('owner.hub')}</span> : hop.plugin && (
                <span>{t('record.plugin')} <Link to="/plugins/$id" params={{ id: hop.plugin }}>{names.plugin(hop.plugin)}</Link>{hop.version && ` ${hop.version}`}</span>
              )}
              {hop.route && <span>{t('record.route')} {hop.plugin && (hop.plugin === SITE || isPlugin(hop.plugin)) ? <Link to="/plugins/$id" params={{ id: hop.plugin }} search={{ tab: 'routes', route: hop.route }}><code>{hop.route}</code></Link> : <code>{hop.route}</code>}</span>}
              {hop.subscription && <span>{t('record.subscription')} <code>{hop.subscription}</code></span>}
              {i > 0 && hop.contract && hop.contract !== hops[0]?.contract && <span>{t('filter.contract')} <code>{hop.contract}</code></span>}
              <From hop={hop} />
              {hop.node && <span>{t('hub.node')} <code>{hop.node}</code></span>}
              {hop.parent === flow && <span>{t('record.again')}</span>}
              {hop.parent && hop.parent !== flow && <span>{t('record.from')} <Link to="/records/$id" params={{ id: hop.parent }}>{hop.parent.slice(0, 8)}</Link></span>}
              {hop.durationMicros > 0 && <span>{t('record.took', { span: span(hop.durationMicros / 1000) })}</span>}
              {hop.size > 0 && <span>{size(hop.size)}</span>}
            </div>
            {hop.cause && (
              <div className="problem">
                <p title={hop.cause}>{say(hop)} <RuleLink cause={hop.cause} /></p>
                {hop.causeCode && <p className="small"><code>{hop.causeCode}</code></p>}
              </div>
            )}
          </li>
        )))}
      </ol>
    </section>
  );
}
