import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, type Mandate, type PluginEvent, type PluginPlan } from '../api/client';
import { Dialog } from '../parts/Dialog';
import { Loading } from '../parts/Loading';
import { useSpans } from '../parts/spans';
import { Wrong } from '../parts/Wrong';
import { outsideOf, PlanView } from './PlanView';

/** Something that can be asked about, and done. */
export type Deed = {
  title: string;
  danger?: boolean;
  run: (mandate: Mandate) => Promise<PluginEvent | PluginPlan>;
  /** Told when it has been done. */
  done?: () => void;
};

let asked = 0;

/**
 * No change without its plan: the hub is asked first, the plan is shown, what it touches outside the plugin is accepted by name,
 * and only then it is done. When things have moved meanwhile the hub answers with a new plan, which is shown instead.
 */
export function PlanDialog({ deed, onClose }: { deed: Deed; onClose: () => void }) {
  const { t } = useTranslation();
  const { duration } = useSpans();
  const queries = useQueryClient();
  const [number] = useState(() => ++asked);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const planned = useQuery({
    queryKey: ['plan', number],
    queryFn: () => deed.run({ dryRun: true }).then((a) => a as PluginPlan),
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const doing = useMutation({
    mutationFn: () => deed.run({ accept: [...accepted] }).then((a) => a as PluginEvent),
    onSuccess: () => deed.done?.(),
    onSettled: () => ['plugins', 'contracts', 'routes', 'schedules', 'forms', 'hub']
      .forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  const renewed = doing.error instanceof CallError ? doing.error.plan : undefined;
  const plan = renewed ?? planned.data;
  const open = plan ? outsideOf(plan).filter((id) => !accepted.has(id)).length : 0;
  const accept = (id: string, yes: boolean) =>
    setAccepted((now) => new Set(yes ? [...now, id] : [...now].filter((a) => a !== id)));

  const foot = doing.data ? <Button type="primary" onClick={onClose}>{t('act.close')}</Button> : (
    <>
      {open > 0 && plan?.problems.length === 0 && <span className="small">{t('plan.open', { count: open })}</span>}
      <Button onClick={onClose}>{t('act.cancel')}</Button>
      <Button type="primary" danger={deed.danger === true} loading={doing.isPending} disabled={!plan || plan.problems.length > 0 || open > 0}
        onClick={() => doing.mutate()}>{t('plan.carryOut')}</Button>
    </>
  );

  return (
    <Dialog title={deed.title} wide onClose={doing.isPending ? () => {} : onClose} footer={foot}>
      {doing.data ? (
        <Alert type={doing.data.outcome === 'DONE' ? 'success' : 'warning'} showIcon role="status"
          title={[t(`outcome.${doing.data.outcome}`), doing.data.took && t('plan.took', { span: duration(doing.data.took) }),
            doing.data.paused && t('plan.paused', { span: duration(doing.data.paused) })].filter(Boolean).join(' · ')} />
      ) : (
        <>
          {planned.isPending && <Loading />}
          {planned.isError && <Wrong error={planned.error} onRetry={() => void planned.refetch()} />}
          {renewed && <Alert type="warning" showIcon role="alert" title={t('plan.moved')} />}
          {doing.isError && !renewed && <Wrong error={doing.error} />}
          {plan && <PlanView plan={plan} accepted={accepted} onAccept={accept} />}
        </>
      )}
    </Dialog>
  );
}
