import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Flow } from '../api/client';
import { useClock } from '../parts/clock';
import { Dialog } from '../parts/Dialog';
import { Wrong } from '../parts/Wrong';
import { csvOf } from './csv';
import { dayOf, queryOf, type Filters } from './filters';

const PAGE = 500;
const MOST = 100_000;

/** Takes all that is found to a file, page by page; it can be stopped, and says when there was more than it takes. */
export function Export({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const { t } = useTranslation();
  const { now, zone } = useClock();
  const [count, setCount] = useState(0);
  const [state, setState] = useState<'asked' | 'running' | 'done' | 'cut' | 'failed'>('asked');
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(null);

  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const abort = new AbortController();
    running.current = abort;
    setState('running');
    setCount(0);
    const query = queryOf(filters, now(), zone);
    const flows: Flow[] = [];
    let cursor: string | undefined;
    try {
      do {
        const page = await api.records({ ...query, limit: PAGE, cursor }, abort.signal);
        flows.push(...page.records);
        setCount(flows.length);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && flows.length < MOST && !abort.signal.aborted);
      if (abort.signal.aborted) return;
      save(csvOf(flows), `yuzui-records-${dayOf(now(), zone)}.csv`);
      setState(cursor === undefined ? 'done' : 'cut');
    } catch (e) {
      if (abort.signal.aborted) return;
      setError(e);
      setState('failed');
    }
  };

  return (
    <Dialog title={t('export.heading')} onClose={onClose} footer={state === 'asked' || state === 'failed'
      ? <Button type="primary" onClick={() => void run()}>{t('export.run')}</Button>
      : <Button onClick={onClose}>{state === 'running' ? t('export.stop') : t('act.close')}</Button>}>
      <p>{t('export.text')}</p>
      <p className="small">{t('export.guard')}</p>
      <p role="status" className="count">
        {state === 'running' && t('export.running', { count })}
        {state === 'done' && t('export.done', { count })}
        {state === 'cut' && t('export.cut', { count })}
      </p>
      {state === 'failed' && <Wrong error={error} />}
    </Dialog>
  );
}

function save(text: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
