import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../api/client';
import { ask } from '../api/queries';
import { lastFailure } from '../record/hops';
import { useCauseText } from './causes';

const USED_UP = 'tries-used-up';
/** The cause of a dead letter of before said no more than this; why each try failed stands in its hops. */
const SILENT = 'the RETRIED hops say why.';

/** The flow's last failed delivery, where its own cause doesn't say why. */
export function useFailure(flow: Flow) {
  const hops = useQuery({ ...ask.record(flow.id), enabled: flow.causeCode === USED_UP }).data?.hops;
  return hops && lastFailure(hops);
}

/** Why a flow stopped, in a sentence. */
export function Why({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const say = useCauseText();
  const failure = useFailure(flow);
  const why = flow.cause?.endsWith(SILENT) && failure ? failure : flow;
  return <span title={why.cause ?? undefined}>{say(why) ?? why.causeCode ?? t('trouble.unknown')}</span>;
}
