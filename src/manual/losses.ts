import type { Explanations } from './explanation.ts';

const refused = 'The rule is refused unless --allow names the effect.';

/** What a target has no words for. */
export const losses = {
  'loss/case-sensitivity': {
    meaning: `The test takes upper and lower case alike, or tells them apart, and the target can not. ${refused}`,
    remedy:
      'For KQL: --caseless, if the index ignores case. Or take another language (--language eql, lucene, esql).',
  },
  'loss/case-folded': {
    meaning:
      'Case counted, and is left out: because of --case fold, or because the index does not keep it. The rule finds more, or less where it stands negated.',
    remedy: 'Leave --case fold out to keep it as |cased.',
  },
  'loss/many-values': {
    meaning:
      'ECS knows the field to have several values, and ES|QL compares one. Events with several are not found.',
    remedy: 'Take another language: --language eql, kuery or lucene.',
  },
  'loss/free-text': {
    meaning: `The query looks for a text in any field, and the target tests fields by name. ${refused}`,
    remedy: 'Name the field that is meant, or take KQL or Lucene.',
  },
  'loss/regex-flavour': {
    meaning: `The regular expression uses what the other engine lacks: look-around, references to groups, lazy matches that matter. ${refused}`,
    remedy: 'Write it with what both have, or as a list of patterns.',
  },
  'loss/wildcard': {
    meaning: `The target has no such wildcard, or not here: KQL has no sign for one character. ${refused}`,
    remedy: 'Write * where it does not matter, or take another language.',
  },
  'loss/words': {
    meaning:
      'The index cuts the field into words (`message` in ECS), so the target can not ask for its whole value, or for just that.',
    remedy:
      'Say --types message=keyword if your index keeps it whole, or take ES|QL, which compares what was logged.',
  },
  'loss/placeholder': {
    meaning: 'A placeholder of Sigma (%admins%) stands for a list that only you know. The rule is refused.',
    remedy: 'Hand the lists in: --placeholders lists.yml.',
  },
  'loss/nested': {
    meaning: `The query asks that one element of a list of objects has several values at once, which only KQL and filters can. ${refused}`,
    remedy: 'Keep the rule in KQL.',
  },
  'loss/function': {
    meaning: `The target has no such function. ${refused}`,
    remedy: 'Say it by a pattern, if that is what it comes to.',
  },
  'loss/comparison': {
    meaning: `Two fields, or what is computed of them, are compared, and the target compares fields with values alone. ${refused}`,
    remedy: 'Take EQL or ES|QL.',
  },
  'loss/value-type': {
    meaning: `The target can not test for a value of this type, or a row of the tables has no words for this value. ${refused}`,
    remedy: 'Write the value as text, if the field holds texts.',
  },
  'loss/constant': {
    meaning: `A part of the query is always true, or never, and the target has no word for that. ${refused}`,
    remedy: 'Take that part out.',
  },
  'loss/field-name': {
    meaning: `The target can not spell the name: a wildcard among fields (user.*), or no name at all. ${refused}`,
    remedy: 'Name the fields that are meant.',
  },
  'loss/sequence': {
    meaning: `The query is a sequence of events, and the target asks for one at a time, or has none of this kind. ${refused}`,
    remedy: 'With convert, a sequence becomes a Sigma correlation, and back.',
  },
  'loss/sample': {
    meaning: `The query is a sample, and the target asks for one event at a time, or has none of this kind. ${refused}`,
    remedy: 'With convert, a sample becomes a Sigma correlation of type temporal, and back.',
  },
  'loss/correlation': {
    meaning: `The correlation joins events in a way that the target has no words for: conditions of rules with "or", counts of several rules in time. ${refused}`,
    remedy: 'Write several rules.',
  },
  'loss/missing-event': {
    meaning: `The sequence asks that an event does *not* happen. Sigma has no such thing. ${refused}`,
    remedy: 'Keep the rule in EQL.',
  },
  'loss/until': {
    meaning: `The sequence ends early when another event comes (until). Sigma has no such thing. ${refused}`,
    remedy: 'Take until out, if the rule may find more.',
  },
  'loss/runs': {
    meaning: `An event of the sequence has to happen several times (with runs), beside others. Sigma counts alone, not within a sequence. ${refused}`,
    remedy: 'Keep the rule in EQL.',
  },
  'loss/join-key': {
    meaning: `The events are joined by what the target can not join by: a value that is computed, or a field that may be missing. ${refused}`,
    remedy: 'Join them by fields.',
  },
  'loss/pipe': {
    meaning:
      'The query goes on behind a pipe: it takes the first few events, sorts, or computes. What changes which events are found is refused; what only changes how they are given is dropped and told.',
    remedy: 'Take it out, if the rule does not need it.',
  },
  'loss/aggregation': {
    meaning: `The query counts or measures events, and the target can not count, or not like this. ${refused}`,
    remedy:
      'With convert, counts become threshold rules and correlations where these can say them. ES|QL can say most.',
  },
  'loss/rule-type': {
    meaning: `The target has no rules of this type: Sigma has no new terms, indicators or machine learning. ${refused}`,
    remedy:
      '--allow broader writes the query alone; --allow carried writes a rule that finds nothing and carries the original.',
  },
  'loss/saved-query': {
    meaning:
      'The rule runs a query that Kibana keeps under an id. Its own query was taken in place of that, which may say something else.',
    remedy: 'Copy the saved query into the rule.',
  },
  'loss/log-source': {
    meaning:
      'The log source says more, or less, than the rule asks: the rule is taken for one that comes near, and the message says by what it differs.',
    remedy: 'Ask for what the log source means in the rule, or add a row of your own: mappings.md.',
  },
  'loss/no-field': {
    meaning:
      'A table says, as a fact, that the events of the other side never have the field. The test never holds there, or always where it is negated.',
    remedy: 'Take the test out, or bring the field and say so in a table of your own.',
  },
  'loss/mapping': {
    meaning:
      'A row of the tables is an approximation that people write by hand as well: an argument of a process is looked for in its whole command line. It needs no leave.',
    remedy: '--strict refuses it.',
  },
  'loss/language': {
    meaning:
      'The query is in a language, or uses commands of it, that nothing else is made of. It travels; nothing else is written in its place unless --allow carried is said.',
    remedy: 'Keep it where it is, or write it in a language that is translated.',
  },
  'loss/severity': {
    meaning:
      'Elastic\'s engine has four severities, and Sigma\'s "informational" is none of them. The nearest was written; the own one comes home.',
    remedy: 'Nothing.',
  },
  'loss/filter': {
    meaning: 'A filter of the rule can not be said in the target, or not joined to its query.',
    remedy: 'Read the reason, which says what part of it.',
  },
  'loss/exceptions': {
    meaning: 'The rule has exceptions that stay behind, so it matches more than before.',
    remedy: 'Hand in the export with the exception lists in it; going to Sigma they become filters.',
  },
  'loss/null': {
    meaning: 'The target has no null. It was left out, and comes home where it has to.',
    remedy: 'Nothing.',
  },
  'loss/carry': {
    meaning:
      'The target has no place for what would travel: prebuilt rules hold nothing beyond their schema. It is lost on the way home.',
    remedy: 'Use another shape (--shape export) if it is to come home.',
  },
  'loss/stack': {
    meaning:
      'The version that --stack names does not have this. A field travels, or is spelled as that version has it; a rule that it can not hold is refused.',
    remedy: 'Name a newer version, if you have one.',
  },
  'loss/required-field': {
    meaning:
      'The target wants a field of every rule that this one does not have, and that nobody can make up.',
    remedy: 'Add it to the rule.',
  },
} as const satisfies Explanations<'loss'>;
