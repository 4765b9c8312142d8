import {
  anyText,
  choice,
  closed,
  free,
  listOf,
  type Schema,
  text,
  truth,
  whole,
  word,
} from '../../schema/build.ts';
import type { Since } from './stack.ts';

const frequency = closed({
  summary: truth,
  notifyWhen: word('onActiveAlert', 'onThrottleInterval', 'onActionGroupChange'),
  throttle: { type: ['string', 'null'], minLength: 1 },
});

/** What Kibana sends when a rule has found something. How often was said of the whole rule until 8.8. */
export function actionsOf(since: Since): Schema {
  const own = { group: text, alerts_filter: free, ...since(8, 8, { uuid: text, frequency }) };
  return listOf(closed({ action_type_id: text, id: text, params: free }, own));
}

const column = {
  field: { type: ['string', 'array'], items: text },
  value: { type: ['string', 'array'], items: text },
};
const columns = { type: 'object', additionalProperties: closed({}, column) };
const osqueryQuery = closed(
  { id: text, query: text },
  { ecs_mapping: columns, version: anyText, platform: anyText, removed: truth, snapshot: truth },
);
const osquery = closed(
  {},
  {
    query: anyText,
    saved_query_id: anyText,
    pack_id: anyText,
    queries: listOf(osqueryQuery),
    ecs_mapping: columns,
    timeout: whole(60, 900),
  },
);

const comment = { comment: anyText };
const onProcess = (command: string) =>
  closed({ command: { const: command }, config: closed({ field: anyText }, { overwrite: truth }) }, comment);
const endpoint = choice('command', [
  closed({ command: { const: 'isolate' } }, comment),
  onProcess('kill-process'),
  onProcess('suspend-process'),
  closed({ command: { const: 'runscript' } }, { ...comment, config: free }),
]);

/** What is done at the host a rule has found something on. */
export const responseActions = listOf(
  choice('action_type_id', [
    closed({ action_type_id: { const: '.osquery' }, params: osquery }),
    closed({ action_type_id: { const: '.endpoint' }, params: endpoint }),
  ]),
);
