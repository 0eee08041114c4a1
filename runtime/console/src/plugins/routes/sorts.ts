/** Four kinds of steps are told apart at a glance: what leaves the route, what decides, what fails, and what works on the message. */
export type Sort = 'to' | 'decides' | 'guards' | 'works';

const TO = new Set(['to', 'toD', 'bean', 'wireTap', 'enrich', 'pollEnrich', 'kamelet', 'process']);
const DECIDES = new Set(['choice', 'filter', 'split', 'loop', 'multicast', 'recipientList', 'routingSlip', 'dynamicRouter', 'aggregate',
  'idempotentConsumer', 'loadBalance', 'stop', 'resequence', 'threads', 'pipeline', 'step']);
const GUARDS = new Set(['doTry', 'onException', 'onCompletion', 'throwException', 'rollback', 'circuitBreaker', 'saga', 'intercept']);

export function sortOf(kind: string): Sort {
  return TO.has(kind) ? 'to' : DECIDES.has(kind) ? 'decides' : GUARDS.has(kind) ? 'guards' : 'works';
}
