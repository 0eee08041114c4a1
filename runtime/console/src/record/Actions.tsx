import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDetail } from '../api/client';
import { CopyButton } from '../parts/CopyButton';
import { STOPPED } from '../records/filters';
import { ReplayDialog } from '../replays/ReplayDialog';
import { ReplayRecord } from './ReplayRecord';
import { TestCaseDialog } from './TestCaseDialog';

/** What can be done with a record. */
export function Actions({ detail }: { detail: FlowDetail }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'replay' | 'dismiss' | 'case' | null>(null);
  const { flow } = detail;
  const close = () => setAsked(null);
  return (
    <div className="acts">
      {flow.status === 'REFUSED' && (
        <Link to="/records/$id/mend" params={{ id: flow.id }} className="button-link">{t('mend.act')}</Link>
      )}
      <Button type={flow.status === 'DEAD' ? 'primary' : 'default'} onClick={() => setAsked('replay')}>{t('replay.act')}</Button>
      {STOPPED.includes(flow.status) && <Button onClick={() => setAsked('dismiss')}>{t('dismiss.act')}</Button>}
      <Button onClick={() => setAsked('case')}>{t('testCase.act')}</Button>
      <CopyButton text={window.location.href} what={t('record.link')} label={t('record.copyLink')} />
      {asked === 'replay' && <ReplayRecord detail={detail} onClose={close} />}
      {asked === 'dismiss' && <ReplayDialog action="DISMISS" choice={{ query: {}, only: [flow.id] }} onClose={close} />}
      {asked === 'case' && <TestCaseDialog detail={detail} onClose={close} />}
    </div>
  );
}
