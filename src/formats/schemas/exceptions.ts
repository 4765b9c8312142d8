import {
  anyText,
  choice,
  closed,
  free,
  listOf,
  some,
  spelled,
  text,
  truth,
  whole,
  word,
} from '../../schema/build.ts';

const instant = spelled('^\\d{4}-\\d{2}-\\d{2}T.+$', 'a time such as 2024-01-31T12:00:00.000Z');
const scope = word('single', 'agnostic');
const systems = listOf(word('linux', 'macos', 'windows'));

/** What Kibana writes down about an object itself, and does not read back. */
const record = {
  id: text,
  _version: anyText,
  tie_breaker_id: anyText,
  created_at: instant,
  created_by: anyText,
  updated_at: instant,
  updated_by: anyText,
};

const listTypes = word(
  'detection',
  'rule_default',
  'endpoint',
  'endpoint_trusted_apps',
  'endpoint_trusted_devices',
  'endpoint_events',
  'endpoint_host_isolation_exceptions',
  'endpoint_blocklists',
  'endpoint_custom_yara_signatures',
);

/** A line of an export that holds a list of exceptions. */
export const exceptionListSchema = closed(
  { list_id: text, name: text, description: anyText, type: listTypes },
  {
    ...record,
    namespace_type: scope,
    immutable: truth,
    os_types: systems,
    tags: listOf(anyText),
    meta: free,
    version: whole(1),
  },
  'a list of exceptions',
);

const operator = word('included', 'excluded');
const plain = [
  closed({ type: { const: 'match' }, field: text, operator, value: text }),
  closed({ type: { const: 'match_any' }, field: text, operator, value: listOf(text, some) }),
  closed({ type: { const: 'exists' }, field: text, operator }),
];
const entry = choice('type', [
  ...plain,
  closed({ type: { const: 'wildcard' }, field: text, operator, value: text }),
  closed({ type: { const: 'list' }, field: text, operator, list: closed({ id: text, type: text }) }),
  closed({ type: { const: 'nested' }, field: text, entries: listOf(choice('type', plain), some) }),
]);

const { _version, tie_breaker_id, ...stamps } = record;
const comments = listOf(closed({ comment: text }, stamps));

/** A line of an export that holds one exception of a list. */
export const exceptionSchema = closed(
  {
    item_id: text,
    list_id: text,
    type: word('simple'),
    name: text,
    description: anyText,
    entries: listOf(entry, some),
  },
  {
    ...record,
    namespace_type: scope,
    os_types: systems,
    tags: listOf(anyText),
    comments,
    meta: free,
    expire_time: instant,
  },
  'an exception',
);
