import type { Explanations } from './explanation.ts';

/** What is told of what travels with a rule, of what a conversion did, and of its proof. */
export const travelling = {
  'carry/field': {
    meaning: 'The target has no place for the field. It travels with the rule and comes home.',
    remedy: 'Nothing.',
  },
  'carry/query': {
    meaning:
      'The target has no words for the query, and --allow carried lets the rule be written all the same: a query that finds nothing stands in its place, and the original travels.',
    remedy: 'Mind that the rule finds nothing there. Coming home it is whole.',
  },
  'carry/restored': {
    meaning:
      'What was written in place of the original query still means the same, so the original came home, to the letter.',
    remedy: 'Nothing.',
  },
  'carry/edited': {
    meaning:
      'Somebody changed what was written since, so what travelled with it is out of date. The edit wins.',
    remedy: 'Nothing, if the edit is meant.',
  },
  'carry/unreadable': {
    meaning:
      'What stands in the place for what travels is not as it was written. It was left out; the rule itself was read.',
    remedy: 'Take it out, or bring it back from the original.',
  },
  'convert/derived-id': {
    meaning:
      'The rule has no id, and the target wants one. It follows from the title and the query, so that it is the same in each run.',
    remedy: 'Give the rule an id, so that it keeps it when the query changes.',
  },
  'convert/placeholder': {
    meaning: 'A placeholder was filled in with the list that --placeholders gives.',
    remedy: 'Nothing.',
  },
  'convert/derived': {
    meaning: "With --derive: a field that Elastic's build finds out was found out from the rule.",
    remedy: 'Nothing.',
  },
  'convert/not-derived': {
    meaning:
      'With --derive: nothing in the rule or the tables says what the field should hold, or the target has no such field.',
    remedy: 'Say it in the rule, if it matters.',
  },
  'convert/new-id': {
    meaning:
      'With --id derive or new: the rule has another id now, and what refers to it in this run follows.',
    remedy: 'Nothing.',
  },
  'convert/id-in-query': {
    meaning:
      'With --id: the query itself names the id of a rule that has another now. Queries are not changed for that.',
    remedy: 'Change the id in the query.',
  },
  'convert/apart': {
    meaning:
      'The rule asks for events of several log sources. It was written as several rules, which are one again when all come home unchanged.',
    remedy: 'Nothing.',
  },
  'convert/part-of': {
    meaning: 'The rule serves a correlation and is written as a part of that one.',
    remedy: 'Nothing. `generate: true` in the correlation keeps it as a rule of its own.',
  },
  'convert/joined': {
    meaning:
      'The target has no place for filters beside rules, so the condition of one became a part of the query.',
    remedy: 'Nothing.',
  },
  'convert/taken': {
    meaning:
      'The filter has no outcome of its own: what becomes of it is told with the rules that it is for.',
    remedy: 'Nothing.',
  },
  'convert/alone': {
    meaning: 'The filter, or exception list, is for no rule that was written in this run.',
    remedy: 'Hand in the rules that it is for.',
  },
  'proof/unproved': {
    meaning:
      'What was written was read back and held against what was read, and the search did not come to an end that proves it. It counts as approximate.',
    remedy: 'Look at both by hand, or try events of yours: rulecast match.',
  },
  'proof/unreported-difference': {
    meaning:
      'What was written does not mean what was read, and no finding tells of it. That is a fault of this program; the text was thrown away, and the rule is failed.',
    remedy: 'Please report it, with the rule.',
  },
} as const satisfies Explanations<'carry' | 'convert' | 'proof'>;
