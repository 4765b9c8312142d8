import {
  anyText,
  closed,
  free,
  listOf,
  some,
  spelled,
  text,
  texts,
  truth,
  whole,
  word,
} from '../../schema/build.ts';

/** What a rule says in the same words in a TOML file and to Kibana's API. */
export const severity = word('low', 'medium', 'high', 'critical');
export const riskScore = whole(0, 100);
export const maps = listOf(free);
export const interval = spelled('^\\d+[smhd]$', 'a time such as 5m');
/** Newest first, such as `now-9m`, or a date. */
export const moment = spelled(
  '^(?:now(?:[+-]\\d+[yMwdhHms]|/[yMwdhHms])*|\\d.*)$',
  'a moment such as now-9m',
);

export const exceptionLists = listOf(
  closed({ id: text, list_id: text, type: text, namespace_type: word('single', 'agnostic') }),
);

const duration = closed({ value: whole(1), unit: word('s', 'm', 'h') });
const strategy = word('suppress', 'doNotSuppress');
const groupBy = listOf(text, { minItems: 1, maxItems: 3 });

/** Which alerts of a rule are one alert. The files must say what to do about missing fields. */
export const suppressionByFields = {
  file: closed({ group_by: groupBy, missing_fields_strategy: strategy }, { duration }),
  api: closed({ group_by: groupBy }, { duration, missing_fields_strategy: strategy }),
};

/** Thresholds group the events themselves. */
export const suppressionByTime = closed({ duration });

export const cardinality = listOf(closed({ field: text, value: whole(0) }));

/** Which field of an event is compared with which field of an indicator. */
export function threatMapping(mayNegate: boolean) {
  const entry = closed(
    { field: text, type: word('mapping'), value: text },
    mayNegate ? { negate: truth } : {},
  );
  return listOf(closed({ entries: listOf(entry, some) }), some);
}

export const whatEveryRuleMaySay = {
  license: anyText,
  tags: texts,
  interval,
  from: moment,
  to: moment,
  note: anyText,
  references: texts,
  false_positives: texts,
  timestamp_override: anyText,
  max_signals: whole(1),
  building_block_type: anyText,
  rule_name_override: anyText,
  timeline_id: text,
  timeline_title: text,
  exceptions_list: exceptionLists,
  enabled: truth,
  throttle: spelled('^(?:no_actions|rule|[1-9]\\d*[smhd])$', 'no_actions, rule or a time such as 1h'),
  meta: free,
};
