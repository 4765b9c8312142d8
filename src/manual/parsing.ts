import type { Explanations } from './explanation.ts';

/** What is told of texts that do not follow their language or their format. */
export const parsing = {
  'parse/unexpected': {
    meaning:
      'At this place the language allows something else than what stands there. The query, or the document, was not read.',
    remedy: 'Look at the place. Is the query in the language that the rule says?',
  },
  'parse/unclosed-string': {
    meaning: 'A quote opens a text, and none ends it.',
    remedy: 'Close it. A quote within a text needs a backslash, or quotes of another kind around it.',
  },
  'parse/bad-escape': {
    meaning: 'A backslash stands before a sign that has no meaning behind it in this language.',
    remedy: 'Write two backslashes for one, or take quotes in which a backslash is a sign like others.',
  },
  'parse/too-deep': {
    meaning:
      'Brackets stand in brackets deeper than is read, which keeps a run from ending early. Nothing that people write comes near.',
    remedy: 'Write it flatter.',
  },
  'parse/too-large': {
    meaning:
      'What the text stands for, once it is written out, is more than is kept: lists put together with lists, or a very long expression.',
    remedy: 'Write fewer values, or several rules.',
  },
  'parse/duplicate-key': {
    meaning:
      'A key stands twice in one map of TOML, YAML or JSON, so that nobody can say which is meant. The document was not read.',
    remedy:
      'Take one out, or make a list of both values. In a Sigma detection a list of maps says "one of these".',
  },
  'parse/alias-bomb': {
    meaning: 'Aliases of YAML (`*name`) that name one another stand for more than is read.',
    remedy: 'Write out what is meant.',
  },
  'parse/unknown-function': {
    meaning: 'The query calls a function that the language does not have.',
    remedy: 'Mind the spelling: names of functions in EQL tell case apart.',
  },
  'parse/bad-arguments': {
    meaning: 'The function exists and takes another number of values.',
    remedy: 'Look it up in the manual of the language.',
  },
  'parse/unknown-pipe': {
    meaning: 'What stands behind the bar is no pipe, or no command, of the language.',
    remedy: 'EQL has head and tail. In ES|QL the message names the command that may be meant.',
  },
  'parse/bad-sequence': {
    meaning:
      'The events of a sequence or a sample are not joined by equally many fields, or are too few, or stand in an order that EQL does not take.',
    remedy: 'Give each event the same number of keys behind "by".',
  },
  'parse/unknown-identifier': {
    meaning: 'The condition asks for a search, or a rule, that is not there.',
    remedy: 'Mind the spelling; the message names one that is near.',
  },
  'parse/bad-modifier': {
    meaning:
      'Behind the field stands a word that is no modifier of Sigma, or one that does not go with the value or with its neighbours.',
    remedy: 'The message says what does not go together.',
  },
  'parse/bad-value': {
    meaning: 'A value is of another kind than its place asks for: no date, no address, no number.',
    remedy: 'Look at the place.',
  },
  'parse/no-effect': {
    meaning:
      'A part of the query changes nothing of what is found. In Lucene this happens to a clause beside "AND", as the language knows no precedence.',
    remedy: 'Write parentheses; the query may not say what its author meant.',
  },
  'parse/one-value': {
    meaning:
      'ES|QL compares fields that have one value, and finds nothing in lists. Read from it, the fields are taken to have one.',
    remedy: 'Nothing, if the fields of the query have one value in your events.',
  },
  'parse/suspicious': {
    meaning:
      'The text is right, and people who write it often mean something else, such as "%" as a wildcard in ES|QL.',
    remedy: 'Read the sentence and decide.',
  },
  'parse/legacy': {
    meaning:
      'The language has given up this form. Where it is still clear what it means, it is read all the same elsewhere; here it is not.',
    remedy: 'Write it in the way that the message names.',
  },
  'schema/wrong-type': {
    meaning:
      'A field holds a value of another kind than it should. It travels as it is, and is not understood; the rest of the rule is.',
    remedy: 'Write the value as the message says.',
  },
  'schema/unknown-field': {
    meaning: 'check: the format has no field of this name here. Mostly it is misspelt.',
    remedy:
      "Correct it; a name that is near is given. Kibana drops such a field, and Elastic's tools refuse the file.",
  },
  'schema/bad-value': {
    meaning: 'check: the field is known, and the value is none of those that it may have.',
    remedy: 'Write one of the values that the message names.',
  },
  'schema/missing-field': {
    meaning:
      'A rule of this kind can not do without the field. Without a title, a log source or a detection a Sigma document is no rule, and was not read.',
    remedy: 'Add it.',
  },
  'schema/more-faults': {
    meaning: 'check: the rule has more faults than are told of one rule.',
    remedy: 'Mend those that are told, and check again.',
  },
  'schema/duplicate-id': {
    meaning:
      'Two rules of the run have one id. Both were read; imported, the second takes the place of the first.',
    remedy: 'Give one of them another id, or use --id derive for copies.',
  },
  'schema/unknown-reference': {
    meaning: 'A correlation or a filter names a rule that is in none of the files of the run.',
    remedy: 'Hand in the file that has the rule, or its folder, too.',
  },
  'schema/unknown-rule-type': {
    meaning:
      'The rule says a type that is not known here, or none. It is carried as it is, and not translated.',
    remedy: 'Mind the spelling of `type`.',
  },
} as const satisfies Explanations<'parse' | 'schema'>;
