import type { Explanations } from './explanation.ts';

/** What is told of files: of those that are read, and of those that are written. */
export const reading = {
  'read/not-utf8': {
    meaning:
      'The bytes of the file are no UTF-8 text, so nobody can say what it holds. It was left out; other files were read.',
    remedy: 'Save the file as UTF-8. The message says which encoding it looks like.',
  },
  'read/empty': {
    meaning: 'There is nothing in the file, or only blanks.',
    remedy: 'Leave the file out of the run, or look why nothing was written into it.',
  },
  'read/too-large': {
    meaning:
      'A file has a bound of 256 MB, a rule in it of 2 MB; nothing that people write comes near. It was left out, so that no text keeps a run waiting.',
    remedy: 'Cut the file into several. A rule of that size was made by a fault elsewhere.',
  },
  'read/unknown-format': {
    meaning: 'The format is found by what the text holds, and it holds nothing that says so.',
    remedy:
      'Say it: --from elastic, sigma, kibana or native. Then the fault is told in the words of that format.',
  },
  'read/passed-over': {
    meaning:
      'A file that was found in a folder parses, and is no rule of any format: it stands there by chance.',
    remedy: 'Nothing. If it is a rule, name the file itself, and its fault is told.',
  },
  'read/not-a-rule': {
    meaning:
      'The file is of a known format, and this object in it is something else: a dashboard, a saved search, a document without a detection.',
    remedy:
      'Nothing, if that is as it should be. Where the file is written in the same format and nothing changes, the object still stands in it.',
  },
  'read/not-a-baseline': {
    meaning:
      'The file that --baseline names was not written by --update-baseline, or was changed by hand into something else.',
    remedy: 'Write it anew with --update-baseline.',
  },
  'read/not-an-event': {
    meaning: 'Events are JSON objects, and this line or value is none. It costs only itself.',
    remedy:
      'Look at the line that is named. Events in the wrapping of Windows, and hits of a search, are read as well.',
  },
  'read/duplicate-key': {
    meaning: 'One object of the JSON has the same key twice. The last one counts, as in most programs.',
    remedy: 'Take one of them out; a reader elsewhere may take the first.',
  },
  'read/rounded': {
    meaning:
      'A number has more digits than a number here keeps (more than 2^53, as a rule). In the same file it stays as it is written; elsewhere it is rounded.',
    remedy: 'Write it as text, in quotes, if it is an id.',
  },
  'read/secret': {
    meaning:
      'An API key, or the secrets of a connector, stand in the file. They go into no other file. A file that is given back unchanged still has them.',
    remedy: 'Take the secret out of the file, and make a new one if the file was shared.',
  },
  'read/left-out': {
    meaning:
      'The field is about one Kibana, its runs or its age, and says nothing of the rule. No other file gets it.',
    remedy: 'Nothing.',
  },
  'read/failed': {
    meaning: 'The file, or folder, could not be read from disk: it is not there, or may not be read.',
    remedy: 'Look at the reason that the message names.',
  },
  'write/failed': {
    meaning:
      'Nothing was written: the place is not to be written to, or the rule has no form that the target can keep. The old file, if there is one, stays whole.',
    remedy: 'Look at the reason that the message names.',
  },
  'write/deprecated': {
    meaning: 'The target takes this, and keeps it in another way as soon as it reads it.',
    remedy: 'Nothing, or say it in the new way: the message says which.',
  },
  'write/unusual-shape': {
    meaning:
      'The shape exists, and is not how rules are moved: Kibana leaves rules out of its exports of saved objects.',
    remedy: 'Use --shape export (the default) unless you know why not.',
  },
  'write/unusual-id': {
    meaning: 'Tools of the target want ids to be UUIDs in small letters, and this one is none.',
    remedy:
      'Going to Elastic, one that follows from it is written, and the old one comes home. Or use --id derive.',
  },
  'style/respelled': {
    meaning:
      'The same is said in another spelling: prebuilt rules have one of their own, and older versions of Kibana another.',
    remedy: 'Nothing.',
  },
  'style/not-relaid': {
    meaning:
      'check --fix found no way to lay out the file without losing a comment or a value, so it left it as it is.',
    remedy: 'Move the comment that is named to a line above a key, and try again.',
  },
  'style/no-house-style': {
    meaning: 'check --fix lays out Elastic TOML alone. The file was left as it is.',
    remedy: 'Nothing.',
  },
  'style/default': {
    meaning:
      'The target can not do without a value that the rule does not have. One was chosen, and the message says which.',
    remedy: 'Say it in the rule if another is meant. Coming home, it is taken out again.',
  },
} as const satisfies Explanations<'read' | 'write' | 'style'>;
