import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, useNames } from '../api/queries';
import { BackLink } from '../parts/BackLink';
import { useClock } from '../parts/clock';
import { CopyButton } from '../parts/CopyButton';
import { Loading } from '../parts/Loading';
import { Mark, toneOfFlow } from '../parts/Mark';
import { useSpans } from '../parts/spans';
import { useTitle } from '../parts/title';
import { Wrong } from '../parts/Wrong';
import { SITE } from '../plugins/site';
import { useCauseText } from '../trouble/causes';
import { useCure } from '../trouble/cures';
import { Why } from '../trouble/Why';
import { Actions } from './Actions';
import { Contents } from './Contents';
import { Neighbours } from './Neighbours';
import { Related } from './Related';
import { ReplaysOf } from './ReplaysOf';
import { Timeline } from './Timeline';
import './record.css';

const here = getRouteApi('/records/$id');

/** One record: what became of it, its way through the hub, what it says, and what belongs to it. */
export function Record() {
  const { t, i18n } = useTranslation();
  const say = useCauseText();
  const { id } = here.useParams();
  const names = useNames();
  const { time } = useClock();
  const { size } = useSpans();
  const cure = useCure();
  const record = useQuery(ask.record(id));
  const contract = record.data?.flow.contract;
  // its key may say more than should stand in a browser's history
  useTitle(record.data && `${contract ? names.contract(contract) : t('records.noContract')} ${id.slice(0, 8)}`);

  if (!record.data) {
    return (
      <div className="page">
        <BackLink to="/records" />
        {record.isError ? <Wrong error={record.error} onRetry={() => void record.refetch()} /> : <Loading />}
      </div>
    );
  }
  const { flow, hops } = record.data;
  const open = flow.status !== 'SETTLED' && flow.status !== 'DELIVERED';

  return (
    <div className="page record-page">
      <div className="line1">
        <BackLink to="/records" />
        <Neighbours id={id} />
      </div>
      <section className="panel" aria-labelledby="record-heading">
        <div className="headline">
          <h1 id="record-heading">{flow.contract ? names.contract(flow.contract) : t('records.noContract')}</h1>
          <Mark tone={toneOfFlow(flow.status)} text={t(`flowStatus.${flow.status}`)} />
          <Actions detail={record.data} />
        </div>
        {flow.key && <p className="key big">{flow.key}</p>}
        {flow.cause && (
          <div className={open ? 'trouble' : 'trouble past'} role="group" aria-label={t('record.cause')}>
            <p className="what"><Why flow={flow} /></p>
            {i18n.language.startsWith('zh') && say(flow) !== flow.cause && <p className="small" lang="en">{flow.cause}</p>}
            {open && <p className="cure-line">{cure(flow)}</p>}
            <p className="small">
              {flow.causeCode && <>{t('record.causeCode')} <code>{flow.causeCode}</code> · </>}
              {flow.causeGroup && <Link to="/records" search={{ cause: flow.causeGroup }}>{t('record.sameCause')}</Link>}
            </p>
          </div>
        )}
        <dl className="facts">
          <div><dt>{t('records.time')}</dt><dd><time dateTime={flow.firstAt}>{time(flow.firstAt)}</time></dd></div>
          {flow.lastAt !== flow.firstAt && <div><dt>{t('record.lastAt')}</dt><dd><time dateTime={flow.lastAt}>{time(flow.lastAt)}</time></dd></div>}
          {flow.unit && <div><dt>{t('records.unit')}</dt><dd>{names.unit(flow.unit)} <span className="small">{flow.unit}</span></dd></div>}
          {flow.plugin && flow.plugin !== SITE && <div><dt>{t('record.plugin')}</dt><dd><Link to="/plugins/$id" params={{ id: flow.plugin }}>{names.plugin(flow.plugin)}</Link></dd></div>}
          {flow.contract && <div><dt>{t('filter.contract')}</dt><dd><Link to="/records" search={{ contract: flow.contract }}>{flow.contract}</Link></dd></div>}
          <div><dt>{t('records.source')}</dt><dd>{[flow.sourceType, flow.sourceId].filter(Boolean).join(' · ') || '–'}<div className="small">{flow.source}</div></dd></div>
          <div><dt>{t('record.size')}</dt><dd>{size(flow.size)}</dd></div>
          {flow.arrivals > 1 && <div><dt>{t('record.arrivals')}</dt><dd>{flow.arrivals}</dd></div>}
          <div><dt>{t('record.id')}</dt><dd><code>{flow.id}</code> <CopyButton text={flow.id} what={t('record.id')} /></dd></div>
        </dl>
      </section>
      <div className="columns even">
        <div className="stack">
          <Timeline flow={flow.id} hops={hops} />
          <Related detail={record.data} />
          <ReplaysOf id={flow.id} />
        </div>
        <Contents detail={record.data} />
      </div>
    </div>
  );
}
