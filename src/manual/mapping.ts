import type { Explanations } from './explanation.ts';

/** What is told of tables, pipelines, and what fields and log sources are called. */
export const mapping = {
  'mapping/unknown-field': {
    meaning:
      'No table says what the field is called on the other side. It keeps its name, and finds nothing there unless the name is the same.',
    remedy:
      'Correct the name if it is misspelt, or add a row of your own: mappings.md. --unmapped refuse keeps such rules from being written.',
  },
  'mapping/unknown-log-source': {
    meaning:
      'No table knows the log source, or, coming from Elastic, what the rule asks for is the log of none. Nothing is known of its indices, implied tests and fields.',
    remedy: 'Add a row for it in a table of your own: mappings.md.',
  },
  'mapping/no-name': {
    meaning: 'A table says, as a fact, that the other side has no name for the field. It keeps its name.',
    remedy:
      'Nothing finds the field there, unless your own events have it: then say so in a table of your own.',
  },
  'mapping/ambiguous': {
    meaning:
      'The field, or the log source, has several names on the other side. One was taken, and the message says which.',
    remedy: 'Nothing, or prefer another by a row of your own.',
  },
  'mapping/assumption': {
    meaning: 'A row, or a step of the conversion, holds only if something is so that the rule does not say.',
    remedy: 'Read it once for each log source; if it is not so in your events, use a table of your own.',
  },
  'mapping/bad-table': {
    meaning: 'The table does not follow its layout. Nothing of it was loaded.',
    remedy:
      'Mend what is named. Editors find it as you type, with the schema: rulecast list mappings --schema.',
  },
  'mapping/idle-row': {
    meaning: 'A row of the table is never taken, since an earlier one has words for all that it has.',
    remedy: 'Move it up, or give the earlier one a scope.',
  },
  'mapping/unknown-taxonomy': {
    meaning:
      "The Sigma rule says a `taxonomy` that is not known here. Its names are looked up among Sigma's own.",
    remedy: 'Use --mapping with a table for these names, or `taxonomy: ecs`, which is known.',
  },
  'mapping/bad-pipeline': {
    meaning:
      'A processing pipeline has a mistake: a word that is not known, or a value that is not allowed. It was not loaded.',
    remedy: 'Mend what is named.',
  },
  'mapping/unsafe-pipeline': {
    meaning:
      'The pipeline asks for a step that runs code, reads files or reaches a network. None may do that here.',
    remedy: 'Take the step out; for lists of placeholders there is --placeholders.',
  },
  'mapping/left-out': {
    meaning: 'A part of the pipeline dresses the text of a query, and whole rules are written here.',
    remedy: 'Nothing.',
  },
  'mapping/one-way': {
    meaning:
      'Going to Sigma, a pipeline is read backwards, and this part of it has no way back. The rest is used.',
    remedy: 'Nothing, or say what is meant in a table, which is read both ways.',
  },
  'mapping/refused': {
    meaning: 'The pipeline refuses the rule in words of its own, or leaves no test of it.',
    remedy: "See the reason, which is the pipeline's.",
  },
  'mapping/unknown-technique': {
    meaning:
      'ATT&CK has no technique or tactic of this name in the versions that are known here, or the framework is another one.',
    remedy: 'Correct the tag. Until then it stays a tag, or travels.',
  },
} as const satisfies Explanations<'mapping'>;
