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
    meaning: 'The folder holds rules of another source, of another format or in another shape of files.',
    remedy: 'Name a folder of its own for each migration.',
  },
  'migrate/locked': {
    meaning:
      'Another run writes to the same folder, or one was stopped and nobody knows whether it still runs.',
    remedy: 'Wait for it. If there is none, delete the file that is named.',
  },
  'migrate/link': {
    meaning: 'A link stands where a file or a folder would be written. It might lead out of the target.',
    remedy: 'Put a file or a folder there, or remove the link.',
  },
  'migrate/occupied': {
    meaning: 'A file that no run wrote stands where a rule would be. It was left as it is.',
    remedy: 'Move it away, and run again.',
  },
  'migrate/conflict': {
    meaning:
      'The rule was changed by hand, and its source was changed where the two do not go together. The file stays as it is, and what the source says now stands beside it, in a file that ends with .theirs.',
    remedy:
      'Take over what you want of the other file and delete that one; --on-conflict ours or theirs decides for all.',
  },
  'migrate/merged': {
    meaning:
      'The rule was changed by hand and so was its source; the file has both changes now. merge.md tells how.',
    remedy: 'Look at the change in version control, as at any merge.',
  },
  'migrate/chosen': {
    meaning: 'The rule was changed by hand and so was its source, and --on-conflict said which one stands.',
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
      'One of the three texts can not be read: what was written last, what was edited, or what the source says now.',
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
