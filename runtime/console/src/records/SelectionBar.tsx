import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/queries';
import { useClock } from '../parts/clock';
import { useSpans } from '../parts/spans';
import { ReplayDialog, type Choice } from '../replays/ReplayDialog';
import { queryOf, STOPPED, type Filters } from './filters';
import type { Selection } from './selection';
import { useRange } from './useRange';

type Props = { filters: Filters; selection: Selection; onAll: () => void; onNone: () => void; onExport: () => void };

/** What can be done with what is chosen; it stands in sight for as long as anything is. */
export function SelectionBar({ filters, selection, onAll, onNone, onExport }: Props) {
  const { t } = useTranslation();
  const { now, zone } = useClock();
  const { number } = useSpans();
  const found = useQuery(ask.facets(useRange(filters))).data;
  const [asked, setAsked] = useState<{ action: 'SEND_ON' | 'DISMISS'; choice: Choice } | null>(null);
  const begun = useRef(false);
  const count = selection.all ? found?.counted ?? 0 : selection.ids.size;

  const choice = (): Choice => {
    if (!selection.all) return { query: {}, only: [...selection.ids] };
    // what arrives while somebody reads the preview was not chosen
    const query = { ...queryOf(filters, now(), zone) };
    query.to ??= now().toISOString();
    query.status ??= STOPPED;
    return { query };
  };

  return (
    <>
      <div className="chosen-bar" role="region" aria-label={t('select.heading')}>
        <b role="status">
          {selection.all ? (found?.all === false ? t('select.allMore', { number: number(count) }) : t('select.all', { count, number: number(count) }))
            : t('select.some', { count, number: number(count) })}
        </b>
        {!selection.all && found && found.counted > count && (
          <Button size="small" type="link" onClick={onAll}>
            {t('select.takeAll', { number: `${number(found.counted)}${found.all ? '' : '+'}` })}
          </Button>
        )}
        <span className="acts">
          <Button size="small" type="primary" onClick={() => setAsked({ action: 'SEND_ON', choice: choice() })}>{t('replay.act')}</Button>
          <Button size="small" onClick={() => setAsked({ action: 'DISMISS', choice: choice() })}>{t('dismiss.act')}</Button>
          <Button size="small" onClick={onExport}>{t('export.act')}</Button>
          <Button size="small" type="text" onClick={onNone}>{t('select.none')}</Button>
        </span>
      </div>
      {asked && (
        <ReplayDialog {...asked} onStarted={() => { begun.current = true; }} onClose={() => {
          setAsked(null);
          if (begun.current) onNone(); // not before: the bar holds the window in which it is followed
        }} />
      )}
    </>
  );
}
