import type { Explanations } from './explanation.ts';

/** What is told where rules are held against fields, events and one another. */
export const asking = {
  'fields/bad-mapping': {
    meaning: 'The file that --fields names is no mapping of an index, no template and no list of fields.',
    remedy: 'Take what GET <index>/_mapping answers: preflight.md.',
  },
  'fields/nowhere': {
    meaning:
      'With --whole, the file has all indices there are, and none of them is one that the rule searches.',
    remedy: 'Correct the index patterns of the rule.',
  },
  'fields/no-index': {
    meaning: 'The rule searches indices that the file does not have, so its fields were not looked up.',
    remedy: 'Hand in a file of these indices as well.',
  },
  'fields/not-read': {
    meaning:
      'The rule is not written for Elastic as it is, or its query is not read, so its fields were not looked up.',
    remedy: 'Convert the rule first; the reason is told there.',
  },
  'fields/unknown': {
    meaning: 'No index that the rule searches has the field. The rule, or this part of it, finds nothing.',
    remedy: 'Correct the name (one that is near is given), or bring the field into the index.',
  },
  'fields/not-here': {
    meaning:
      'The indices of the file do not have the field; the rule searches others as well, of which nothing is known.',
    remedy: 'Hand these in too, or say --whole if there are no others.',
  },
  'fields/always-holds': {
    meaning:
      'The field is missing, and the rule asks that it is *not* something: that always holds, so the exclusion excludes nothing.',
    remedy: 'Correct the name, or take the exclusion out.',
  },
  'fields/not-mapped': {
    meaning: 'A template does not name the field. Events may bring it, as far as `dynamic` lets them.',
    remedy: 'Look at an index instead of a template.',
  },
  'fields/not-ecs': {
    meaning: 'With --fields ecs: ECS does not know the field. Integrations have fields of their own.',
    remedy: 'Nothing, if it is one of these.',
  },
  'fields/unlike-ecs': {
    meaning:
      'The index keeps the field in another type than ECS says, so that tests of it mean something else than elsewhere.',
    remedy: 'Correct the mapping of the index, or say --types where you translate.',
  },
  'fields/type-clash': {
    meaning:
      'The rule searches several indices at once, and they keep the field in types that do not go together. The message says what becomes of the search.',
    remedy: 'Correct the mapping, or search fewer indices.',
  },
  'fields/wrong-type': {
    meaning: 'The field never has a value of this kind: text of a number, a wildcard in an address.',
    remedy: 'Write a value that the type has.',
  },
  'fields/words': {
    meaning: 'The index cuts the field into words, and the test asks for more than one at once.',
    remedy: 'Ask the keyword field below it, or write it in ES|QL.',
  },
  'fields/case': {
    meaning: 'The index keeps the field in lower case, and the test asks for capitals as they are written.',
    remedy: 'Write it in lower case.',
  },
  'fields/too-long': {
    meaning: 'The index leaves out longer values (`ignore_above`), so this one is never found.',
    remedy: 'Ask for a part of it, or index longer values.',
  },
  'fields/other-value': {
    meaning: 'The field is a constant of the index, and another one than the rule asks for.',
    remedy: 'Correct the value, or search another index.',
  },
  'fields/not-searchable': {
    meaning: 'The index keeps the field without a way to search it.',
    remedy: 'Change the mapping.',
  },
  'fields/not-grouped': {
    meaning:
      'A threshold, new terms or suppression wants to group events by a field that can not be grouped by.',
    remedy: 'Take the keyword field below it.',
  },
  'fields/object': {
    meaning: 'The name is that of an object. Only the fields in it have values.',
    remedy: 'Name the field that is meant.',
  },
  'fields/nested': {
    meaning:
      'The field is within nested objects, which only a nested search finds; or a nested search asks for what is none.',
    remedy: 'In KQL: path: { field: value }.',
  },
  'fields/flattened': {
    meaning:
      'A flattened object keeps all its values as keywords, so ranges and wildcards of keys mean something else.',
    remedy: 'Ask for whole values.',
  },
  'match/unsupported': {
    meaning:
      'The rule or query asks what can not be asked of events here: new terms, indicators, machine learning, or text of a language that is not read.',
    remedy: 'Nothing here; Elasticsearch has to be asked.',
  },
  'match/unknown-field': {
    meaning:
      'The rule can not do without these fields, and no event that was read has one. So nothing could be found.',
    remedy: 'Are the events in other names? --taxonomy says so.',
  },
  'match/no-time': {
    meaning: 'The rule is about events in time, and an event says none. It counts as of long ago.',
    remedy: 'Say where the time stands: --timestamp-field.',
  },
  'match/no-example': {
    meaning: 'No event was found that fires the rule: it contradicts itself, or asks more than is made.',
    remedy: 'Read the reason; a rule that contradicts itself finds nothing anywhere.',
  },
  'match/windows-event': {
    meaning:
      'The event is one of Windows in its wrapping. What stands in System and EventData was read as fields of their own.',
    remedy: 'Nothing.',
  },
  'compare/no-rule': {
    meaning: 'One of the two that are to be compared holds no rule.',
    remedy: 'Look at the path.',
  },
  'compare/several-rules': {
    meaning: 'In the library: compare takes one rule of each side, and the text holds several.',
    remedy: 'Use comparePacks; the command does so by itself.',
  },
} as const satisfies Explanations<'fields' | 'match' | 'compare'>;
