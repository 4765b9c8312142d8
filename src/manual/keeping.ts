import type { Explanations } from './explanation.ts';

/** What is told where options are kept in a file, where a repository is migrated, and where two edits are merged. */
export const keeping = {
  'settings/bad-file': {
    meaning: 'The configuration says what is no option, or what the option does not take. Nothing was done.',
    remedy:
      'Correct the line that is shown; --no-config does without the file. configuration.md has all of it.',
  },
  'migrate/bad-folder': {
    meaning:
      'The source is no folder, a file stands where the target is to be, or one would be read or written as the other.',
    remedy: 'Name two folders, the target outside of the source or in a folder of its own within it.',
  },
  'migrate/bad-manifest': {
    meaning:
      'The file .rulecast/manifest.json in the target is broken, or of a version that is not known here.',
    remedy:
      'Bring it back from version control, or delete it: the copies in .rulecast/base still tell what was written.',
  },
  'migrate/other-target': {
    meaning:
      'The folder holds rules of another format, or in another shape of files: one for each rule, or one for all. Or one for all was asked for, and the format has no such file.',
    remedy: 'Name a folder of its own for each migration.',
  },
  'migrate/locked': {
    meaning:
      'Another run writes to the same folder, or one was stopped and nobody knows whether it still runs.',
    remedy: 'Wait for it. If there is none, delete the file that is named.',
  },
  'migrate/link': {
    meaning:
      'What stands at .rulecast in the target is no folder, but a link or a file. A link might lead out of the target.',
    remedy: 'Move it away.',
  },
  'migrate/occupied': {
    meaning:
      'A file that no run wrote, a folder or a link stands where a rule would be. It was left as it is.',
    remedy: 'Move it away, and run again.',
  },
  'migrate/conflict': {
    meaning:
      'The rule was changed by hand, and its source was changed where the two do not go together: a sentence for each such place, at its line where that is in a query. The file stays as it is, also where the two would go together, and all that the source says now stands beside it, in a file that ends with .theirs.',
    remedy:
      'Take over what you want of the other file and delete that one. Or run again with --on-conflict: ours takes all that goes together and keeps the file where it does not, theirs takes the source whole.',
  },
  'migrate/merged': {
    meaning:
      'The rule was changed by hand and so was its source; the file has both changes now. merge.md tells how.',
    remedy: 'Look at the change in version control, as at any merge.',
  },
  'migrate/chosen': {
    meaning:
      'The rule was changed by hand and so was its source, where the two do not go together, and --on-conflict said which one stands there. With ours, what goes together was taken from both; with theirs, nothing is left of what was changed by hand.',
    remedy: 'Nothing.',
  },
  'migrate/kept': {
    meaning:
      'The file was changed by hand since it was written. It stays as it is for as long as its source does.',
    remedy: 'Nothing.',
  },
  'migrate/deleted': {
    meaning: 'The file was deleted by hand. It is not written again, though its source is there.',
    remedy: '--restore writes it again.',
  },
  'migrate/left': {
    meaning:
      'The source of the file is refused or can not be read any more. The file stays as an earlier run wrote it.',
    remedy: 'Mend the source, or allow what it loses; remove the file if it is not wanted.',
  },
  'migrate/source-gone': {
    meaning: 'The source of the file was removed. The file stays.',
    remedy: '--prune removes such files, but for those that were changed by hand.',
  },
  'migrate/pruned': {
    meaning: 'The source of the file was removed, nobody had changed the file, and --prune was asked for.',
    remedy: 'Nothing.',
  },
  'migrate/moved': {
    meaning:
      'The source of the file was renamed or moved. The file followed it, with what was changed in it by hand.',
    remedy: 'Nothing.',
  },
  'merge/unreadable': {
    meaning:
      'One of the three texts can not be read: what was written last (base), what was edited (ours), or what the source says now (theirs). Where a repository is migrated, that is a conflict.',
    remedy: 'Mend the text that the message names.',
  },
  'merge/not-as-meant': {
    meaning: 'The merged text was read back, and does not say what was merged. It was thrown away.',
    remedy: 'Merge by hand, and report it, please: this is a fault of rulecast.',
  },
  'merge/laid-out-anew': {
    meaning:
      'A part of the text could not be edited in its place. It was printed anew, and comments in it are gone.',
    remedy: 'Look at the change, and put the comments back.',
  },
} as const satisfies Explanations<'settings' | 'migrate' | 'merge'>;
