import * as texts from './texts.ts';

/** What is put in the place of what, in this order. */
export type Edits = readonly (readonly [from: string, to: string])[];

/** One rule, edited here and upstream. */
export interface History {
  readonly name: string;
  readonly base: string;
  readonly ours: Edits;
  readonly theirs: Edits;
  /** What becomes of the text of ours. */
  readonly merged: Edits;
  readonly conflicts?: readonly string[];
  /** What the changelog says of upstream's change. */
  readonly upstream: readonly string[];
}

const eqlNames = '("cmd.exe", "powershell.exe")';

export const histories: readonly History[] = [
  {
    name: 'each side adds a value to one list',
    base: texts.eql,
    ours: [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']],
    theirs: [['("cmd.exe"', '("cmd.exe", "wscript.exe"']],
    merged: [['("cmd.exe"', '("cmd.exe", "wscript.exe"']],
    upstream: ['now also matches process.name "wscript.exe"'],
  },
  {
    name: 'both add a value at the same place',
    base: texts.eql,
    ours: [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']],
    theirs: [['"powershell.exe")', '"powershell.exe", "wscript.exe")']],
    merged: [['"pwsh.exe")', '"pwsh.exe", "wscript.exe")']],
    upstream: ['now also matches process.name "wscript.exe"'],
  },
  {
    name: 'both add the same value',
    base: texts.eql,
    ours: [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']],
    theirs: [['("cmd.exe"', '("pwsh.exe", "cmd.exe"']],
    merged: [],
    upstream: ['now also matches process.name "pwsh.exe"'],
  },
  {
    name: 'upstream takes out a value, and here another is added',
    base: texts.eql,
    ours: [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']],
    theirs: [['"cmd.exe", ', '']],
    merged: [['"cmd.exe", ', '']],
    upstream: ['no longer matches process.name "cmd.exe"'],
  },
  {
    name: 'an exclusion here, a value upstream',
    base: texts.eql,
    ours: [['process.args : "-enc*"', 'process.args : "-enc*" and not user.name : "bob"']],
    theirs: [['"powershell.exe")', '"powershell.exe", "wscript.exe")']],
    merged: [['"powershell.exe")', '"powershell.exe", "wscript.exe")']],
    upstream: ['now also matches process.name "wscript.exe"'],
  },
  {
    name: 'an exclusion on each side',
    base: texts.eql,
    ours: [['process.args : "-enc*"', 'process.args : "-enc*" and not user.name : "bob"']],
    theirs: [['process.args : "-enc*"', 'process.args : "-enc*" and not user.name : "eve"']],
    merged: [['not user.name : "bob"', 'not user.name : "bob" and not user.name : "eve"']],
    upstream: ['now also excludes user.name "eve"'],
  },
  {
    name: 'upstream drops the exclusion, and a value is added here',
    base: texts.eql,
    ours: [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']],
    theirs: [['  not user.name : "svc-backup" // the backups\n  and process.args', '  process.args']],
    merged: [['  not user.name : "svc-backup" // the backups\n  and process.args', '  process.args']],
    upstream: ['no longer excludes user.name "svc-backup"'],
  },
  {
    name: 'the exclusion was removed here, and upstream excludes more',
    base: texts.eql,
    ours: [['  not user.name : "svc-backup" // the backups\n  and process.args', '  process.args']],
    theirs: [['"svc-backup"', '("svc-backup", "SYSTEM")']],
    merged: [],
    conflicts: [
      'Upstream now also excludes user.name "SYSTEM" in the part that was removed here (user.name is not "svc-backup"); it stays removed.',
    ],
    upstream: ['now also excludes user.name "SYSTEM"'],
  },
  {
    name: 'upstream removed the exclusion that was widened here',
    base: texts.eql,
    ours: [['"svc-backup"', '("svc-backup", "SYSTEM")']],
    theirs: [['  not user.name : "svc-backup" // the backups\n  and process.args', '  process.args']],
    merged: [],
    conflicts: [
      'Upstream removed the part (user.name is not "svc-backup") that here now also excludes user.name "SYSTEM"; it stays as it is here.',
    ],
    upstream: ['no longer excludes user.name "svc-backup"'],
  },
  {
    name: 'one value is replaced by two others',
    base: texts.eql,
    ours: [['"windows"', '"linux"']],
    theirs: [['"windows"', '"macos"']],
    merged: [],
    conflicts: [
      'Upstream now also matches host.os.type "macos" and no longer matches host.os.type "windows", and here it now also matches host.os.type "linux" and no longer matches host.os.type "windows"; it stays as it is here.',
    ],
    upstream: ['now also matches host.os.type "macos"', 'no longer matches host.os.type "windows"'],
  },
  {
    name: 'spelled anew here, changed upstream: the spelling stays',
    base: texts.eql,
    ours: [[eqlNames, '(\n    "cmd.exe",\n    "powershell.exe" // both\n  )']],
    theirs: [['"-enc*"', '("-enc*", "-e")']],
    merged: [['"-enc*"', '("-enc*", "-e")']],
    upstream: ['now also matches process.args "-e"'],
  },
  {
    name: 'spelled anew upstream, changed here',
    base: texts.eql,
    ours: [['"-enc*"', '("-enc*", "-e")']],
    theirs: [[eqlNames, '("powershell.exe", "cmd.exe")']],
    merged: [[eqlNames, '("powershell.exe", "cmd.exe")']],
    upstream: ['matches the same events; the query was rewritten'],
  },
  {
    name: 'severity and risk on one side, a tag and an index on the other',
    base: texts.eql,
    ours: [['tags = ["OS: Windows"', 'tags = ["OS: Windows", "Ours"']],
    theirs: [
      ['severity = "medium"', 'severity = "high"'],
      ['risk_score = 47', 'risk_score = 73'],
      ['index = ["logs-endpoint.events.*"]', 'index = ["logs-endpoint.events.*", "logs-foo-*"]'],
    ],
    merged: [
      ['severity = "medium"', 'severity = "high"'],
      ['risk_score = 47', 'risk_score = 73'],
      ['index = ["logs-endpoint.events.*"]', 'index = ["logs-endpoint.events.*", "logs-foo-*"]'],
    ],
    upstream: [
      'severity raised from medium to high',
      'risk score raised from 47 to 73',
      'index patterns: logs-foo-* added',
    ],
  },
  {
    name: 'severity on both sides',
    base: texts.eql,
    ours: [['severity = "medium"', 'severity = "low"']],
    theirs: [['severity = "medium"', 'severity = "critical"']],
    merged: [],
    conflicts: [
      'Upstream raised the severity from medium to critical, and here it was lowered to low; it stays low.',
    ],
    upstream: ['severity raised from medium to critical'],
  },
  {
    name: 'the name on both sides alike',
    base: texts.eql,
    ours: [['name = "Shells"', 'name = "Shell Started"']],
    theirs: [['name = "Shells"', 'name = "Shell Started"']],
    merged: [],
    upstream: ['name changed from Shells to Shell Started'],
  },
  {
    name: 'a license removed upstream, and changed here',
    base: texts.eql,
    ours: [['license = "MIT"', 'license = "Apache-2.0"']],
    theirs: [['license = "MIT"\n', '']],
    merged: [],
    conflicts: ['Upstream removed the license, and here it was changed to Apache-2.0; it stays Apache-2.0.'],
    upstream: ['license removed (it was MIT)'],
  },
  {
    name: 'tags are put in another order upstream, and one is added here',
    base: texts.eql,
    ours: [['"Team: Blue"]', '"Team: Blue", "Ours"]']],
    theirs: [['["OS: Windows", "Team: Blue"]', '["Team: Blue", "OS: Windows"]']],
    merged: [],
    upstream: [],
  },
  {
    name: 'a reference is removed upstream, and another is added here',
    base: texts.eql,
    ours: [['"https://example.org/b"]', '"https://example.org/b", "https://example.org/ours"]']],
    theirs: [['"https://example.org/a", ', '']],
    merged: [['"https://example.org/a", ', '']],
    upstream: ['references: https://example.org/a removed'],
  },
  {
    name: 'the later day wins',
    base: texts.eql,
    ours: [['updated_date = "2026/02/01"', 'updated_date = "2026/03/01"']],
    theirs: [['updated_date = "2026/02/01"', 'updated_date = "2026/02/15"']],
    merged: [],
    upstream: ['date of the last change changed from 2026-02-01 to 2026-02-15'],
  },
  {
    name: 'different paragraphs of the guide',
    base: texts.eql,
    ours: [['Look at the user.', 'Look at the user, and call.']],
    theirs: [['Look at the parent.', 'Look at the parent and its parent.']],
    merged: [['Look at the parent.', 'Look at the parent and its parent.']],
    upstream: ['investigation guide changed (lines: 1 added, 1 removed)'],
  },
  {
    name: 'the same paragraph of the guide',
    base: texts.eql,
    ours: [['Look at the user.', 'Look at the user, and call.']],
    theirs: [['Look at the user.', 'Look at the account.']],
    merged: [],
    conflicts: ['Upstream changed the investigation guide, and here it was changed; it stays as it is here.'],
    upstream: ['investigation guide changed (lines: 1 added, 1 removed)'],
  },
  {
    name: 'different sentences of the description',
    base: texts.eql,
    ours: [['They are rare here.', 'They are rare here. Ask first.']],
    theirs: [['Looks for shells.', 'Looks for shells with an encoded command.']],
    merged: [['Looks for shells.', 'Looks for shells with an encoded command.']],
    upstream: ['description changed'],
  },
  {
    name: 'a technique upstream, a subtechnique here',
    base: texts.eql,
    ours: [
      [
        'reference = "https://attack.mitre.org/techniques/T1059/"\n',
        'reference = "https://attack.mitre.org/techniques/T1059/"\n\n[[rule.threat.technique.subtechnique]]\nid = "T1059.001"\nname = "PowerShell"\nreference = "https://attack.mitre.org/techniques/T1059/001/"\n',
      ],
    ],
    theirs: [
      [
        '\n[rule.threat.tactic]',
        '\n[[rule.threat.technique]]\nid = "T1204"\nname = "User Execution"\nreference = "https://attack.mitre.org/techniques/T1204/"\n\n[rule.threat.tactic]',
      ],
    ],
    merged: [
      [
        '\n[rule.threat.tactic]',
        '\n[[rule.threat.technique]]\nid = "T1204"\nname = "User Execution"\nreference = "https://attack.mitre.org/techniques/T1204/"\n\n[rule.threat.tactic]',
      ],
    ],
    upstream: ['threat: T1204 added'],
  },
  {
    name: 'a setting that nobody had said, on both sides',
    base: texts.eql,
    ours: [['license = "MIT"', 'interval = "5m"\nlicense = "MIT"']],
    theirs: [['license = "MIT"', 'interval = "10m"\nlicense = "MIT"']],
    merged: [],
    conflicts: ['Upstream set the interval to 10m, and here it was set to 5m; it stays 5m.'],
    upstream: ['interval set to 10m'],
  },
  {
    name: 'an unknown field of each side',
    base: texts.eql,
    ours: [['[rule]', 'ours_only = "x"\n\n[rule]']],
    theirs: [['[rule]', 'theirs_only = ["y"]\n\n[rule]']],
    merged: [['ours_only = "x"', 'ours_only = "x"\ntheirs_only = ["y"]']],
    upstream: [],
  },
  {
    name: 'an exclusion here holds for the alternative that upstream adds',
    base: texts.single,
    ours: [['"a.exe"', '"a.exe" and not user.name == "bob"']],
    theirs: [['process.name == "a.exe"', 'process.name == "a.exe" or process.args == "-y"']],
    merged: [
      [
        'process.name == "a.exe" and not user.name == "bob"',
        '(process.name == "a.exe" or process.args == "-y") and user.name != "bob"',
      ],
    ],
    upstream: ['now also matches process.args "-y"'],
  },
  {
    name: 'what is asked besides here, and an alternative upstream: nobody can tell',
    base: texts.single,
    ours: [['"a.exe"', '"a.exe" and user.name == "bob"']],
    theirs: [['process.name == "a.exe"', 'process.name == "a.exe" or process.args == "-y"']],
    merged: [],
    conflicts: [
      'Upstream now also matches process.args "-y", and here it now also asks that user.name is "bob"; whether one counts within the other can not be told, and it stays as it is here.',
    ],
    upstream: ['now also matches process.args "-y"'],
  },
  {
    name: 'one alternative is narrowed here, another is added upstream',
    base: texts.alternatives,
    ours: [['process.args == "-x"', 'process.args == "-x" and not user.name == "bob"']],
    theirs: [
      ['process where process.name == "a.exe"', 'process where file.name == "c" or process.name == "a.exe"'],
    ],
    merged: [
      ['process where process.name == "a.exe"', 'process where file.name == "c" or process.name == "a.exe"'],
    ],
    upstream: ['now also matches file.name "c"'],
  },
  {
    name: 'both ask one field for something',
    base: texts.single,
    ours: [['"a.exe"', '"a.exe" and user.name == "bob"']],
    theirs: [['"a.exe"', '"a.exe" and user.name == "eve"']],
    merged: [],
    conflicts: [
      'Upstream now also names what is named here as well, and otherwise: user.name is "eve", and here user.name is "bob"; it stays as it is here.',
    ],
    upstream: ['now also asks that user.name is "eve"'],
  },
  {
    name: 'KQL: a value here, an exclusion upstream',
    base: texts.kql,
    ours: [['(cmd.exe or powershell.exe)', '(cmd.exe or powershell.exe or pwsh.exe)']],
    theirs: [['not user.name:SYSTEM', 'not user.name:(SYSTEM or backup)']],
    merged: [['not user.name:SYSTEM', 'not user.name:(SYSTEM or backup)']],
    upstream: ['now also excludes user.name "backup"'],
  },
  {
    name: 'KQL: a filter here, another upstream',
    base: texts.kql,
    ours: [['"host.name" = "lab"', '"host.name" = "lab-2"']],
    theirs: [['powershell.exe)', 'powershell.exe or pwsh.exe)']],
    merged: [['powershell.exe)', 'powershell.exe or pwsh.exe)']],
    upstream: ['now also matches process.name "pwsh.exe"'],
  },
  {
    name: 'KQL: filters on both sides',
    base: texts.kql,
    ours: [['"host.name" = "lab"', '"host.name" = "lab-2"']],
    theirs: [['"host.name" = "lab"', '"host.name" = "lab-3"']],
    merged: [],
    conflicts: [
      'Upstream replaced {"meta":{"negate":true},"query":{"match_phrase":{"host.name"… by {"meta":{"negate":true},"query":{"match_phrase":{"host.name"… in the filters, and here they became {"meta":{"negate":true},"query":{"match_phrase":{"host.name"…; they stay as they are here.',
    ],
    upstream: ['now also excludes host.name "lab-3"', 'no longer excludes host.name "lab"'],
  },
  {
    name: 'ES|QL: a command that is not understood, on both sides of a change',
    base: texts.esql.replace('| STATS', '| GROK message "%{WORD:w}"\n| STATS'),
    ours: [['"cmd.exe"', '"pwsh.exe"']],
    theirs: [['%{WORD:w}', '%{IP:w}']],
    merged: [],
    conflicts: [
      'Upstream changed the commands behind the query, and here it was changed otherwise; it stays as it is here.',
    ],
    upstream: ['has other commands behind its tests'],
  },
  {
    name: 'ES|QL: a test here, the bound of the count upstream',
    base: texts.esql,
    ours: [['process.name == "cmd.exe"', 'process.name IN ("cmd.exe", "pwsh.exe")']],
    theirs: [['n >= 5', 'n >= 10']],
    merged: [['n >= 5', 'n >= 10']],
    upstream: ['asks that the number of events is >= 10 where it was >= 5'],
  },
  {
    name: 'ES|QL: the bound of the count on both sides',
    base: texts.esql,
    ours: [['n >= 5', 'n >= 7']],
    theirs: [['n >= 5', 'n >= 10']],
    merged: [],
    conflicts: [
      'Upstream changed the commands behind the query, and here it was changed otherwise; it stays as it is here.',
    ],
    upstream: ['asks that the number of events is >= 10 where it was >= 5'],
  },
  {
    name: 'threshold: the value here, the fields and a query upstream',
    base: texts.threshold,
    ours: [['value = 10', 'value = 20']],
    theirs: [
      ['field = ["source.ip"]', 'field = ["source.ip", "host.id"]'],
      ['event.action:logon-failed', 'event.action:(logon-failed or ssh-failed)'],
    ],
    merged: [
      ['field = ["source.ip"]', 'field = ["source.ip", "host.id"]'],
      ['event.action:logon-failed', 'event.action:(logon-failed or ssh-failed)'],
    ],
    upstream: [
      'now also matches event.action "ssh-failed"',
      'counts by source.ip, host.id where it was source.ip',
    ],
  },
  {
    name: 'threshold: the value on both sides',
    base: texts.threshold,
    ours: [['value = 10', 'value = 20']],
    theirs: [['value = 10', 'value = 5']],
    merged: [],
    conflicts: ['Upstream lowered the threshold from 10 to 5, and here it was raised to 20; it stays 20.'],
    upstream: ['asks for 5 events or more where it was 10'],
  },
  {
    name: 'threshold: the cardinality upstream, the value here',
    base: texts.threshold,
    ours: [['value = 10', 'value = 20']],
    theirs: [['value = 3', 'value = 4']],
    merged: [['value = 3', 'value = 4']],
    upstream: ['asks that the number of values of user.name is >= 4 where it was >= 3'],
  },
  {
    name: 'sequence: a step here, the time upstream',
    base: texts.sequence,
    ours: [['"gcc"', '("gcc", "clang")']],
    theirs: [['maxspan=1m', 'maxspan=5m']],
    merged: [['maxspan=1m', 'maxspan=5m']],
    upstream: ['its time went from 1m to 5m'],
  },
  {
    name: 'sequence: different steps on the two sides',
    base: texts.sequence,
    ours: [['"gcc"', '("gcc", "clang")']],
    theirs: [['destination.port == 443', 'destination.port in (443, 8443)']],
    merged: [['destination.port == 443', 'destination.port in (443, 8443)']],
    upstream: ['step 3 now also matches destination.port 8443'],
  },
  {
    name: 'sequence: a step is put in upstream, and another is changed here',
    base: texts.sequence,
    ours: [['"gcc"', '("gcc", "clang")']],
    theirs: [['  [network', '  [process where process.name : "ld"]\n  [network']],
    merged: [['  [network', '  [process where process.name : "ld"]\n  [network']],
    upstream: ['step 3 was added (event.category is "process" and process.name is "ld")'],
  },
  {
    name: 'sequence: the time on both sides',
    base: texts.sequence,
    ours: [['maxspan=1m', 'maxspan=30s']],
    theirs: [['maxspan=1m', 'maxspan=5m']],
    merged: [],
    conflicts: ['Upstream changed the maxspan from 1m to 5m, and here it was changed to 30s; it stays 30s.'],
    upstream: ['its time went from 1m to 5m'],
  },
  {
    name: 'sequence: a step that was removed upstream was changed here',
    base: texts.sequence,
    ours: [['file.extension : "so"', 'file.extension : ("so", "dylib")']],
    theirs: [['  [file where file.extension : "so"]\n', '']],
    merged: [],
    conflicts: [
      'Upstream changed the steps of the query, and here it was changed otherwise; it stays as it is here.',
    ],
    upstream: ['step 2 was removed (event.category is "file" and file.extension is "so")'],
  },
  {
    name: 'new terms: the fields here, the window upstream',
    base: texts.newTerms,
    ours: [['"user.id"]', '"user.id", "process.name"]']],
    theirs: [['now-7d', 'now-14d']],
    merged: [['now-7d', 'now-14d']],
    upstream: ['time over which values are new changed from now-7d to now-14d'],
  },
  {
    name: 'indicators: the query of indicators here, their index upstream',
    base: texts.indicators,
    ours: [['now-30d', 'now-7d']],
    theirs: [['["logs-ti_*"]', '["logs-ti_*", "logs-ours"]']],
    merged: [['["logs-ti_*"]', '["logs-ti_*", "logs-ours"]']],
    upstream: ['indices of indicators: logs-ours added'],
  },
  {
    name: 'upstream makes another kind of rule, and here the query was changed',
    base: texts.single,
    ours: [['"a.exe"', '"b.exe"']],
    theirs: [
      ['type = "eql"', 'type = "query"'],
      ['language = "eql"', 'language = "kuery"'],
      ['index = ["logs-endpoint.events.*"]\n', ''],
      ['process where process.name == "a.exe"', 'process.name:a.exe'],
    ],
    merged: [],
    conflicts: [
      'Upstream changed what kind of rule this is, or the language of its query, and here what it looks for was changed; it stays as it is here.',
    ],
    upstream: [
      'is written in KQL now, and was in EQL',
      'no longer asks that event.category is "process"',
      'index patterns: logs-endpoint.events.* removed',
    ],
  },
  {
    name: 'here the query can not be read',
    base: texts.single,
    ours: [['"a.exe"', '"a.exe" and']],
    theirs: [['"a.exe"', '"c.exe"']],
    merged: [],
    conflicts: [
      'Upstream changed the query, and here it was changed as well, and as it is here it can not be read (expected a value, found the end); it stays as it is here.',
    ],
    upstream: ['now also matches process.name "c.exe"', 'no longer matches process.name "a.exe"'],
  },
  {
    name: 'Sigma: a value in a list here, another search upstream',
    base: texts.sigma,
    ours: [["- '\\powershell.exe'", "- '\\powershell.exe'\n            - '\\pwsh.exe' # ours"]],
    theirs: [
      [
        '    condition: all of selection_* and not 1 of filter_main_*',
        "    filter_main_lab:\n        Computer: 'lab'\n    condition: all of selection_* and not 1 of filter_main_*",
      ],
    ],
    merged: [
      [
        '    condition: all of selection_* and not 1 of filter_main_*',
        "    filter_main_lab:\n        Computer: 'lab'\n    condition: all of selection_* and not 1 of filter_main_*",
      ],
    ],
    upstream: ['now also excludes Computer "lab"'],
  },
  {
    name: 'Sigma: both turn one value into a list',
    base: texts.sigma,
    ours: [
      [
        "CommandLine|contains: ' -enc '",
        "CommandLine|contains:\n            - ' -enc '\n            - ' -e '",
      ],
    ],
    theirs: [
      [
        "CommandLine|contains: ' -enc '",
        "CommandLine|contains:\n            - ' -enc '\n            - ' -ec '",
      ],
    ],
    merged: [["            - ' -e '\n", "            - ' -e '\n            - ' -ec '\n"]],
    upstream: ['now also matches where CommandLine contains " -ec "'],
  },
  {
    name: 'Sigma: both add a search, by one name',
    base: texts.sigma,
    ours: [['    condition:', "    filter_main_new:\n        Computer: 'a'\n    condition:"]],
    theirs: [['    condition:', "    filter_main_new:\n        Computer: 'b'\n    condition:"]],
    merged: [
      ["        Computer: 'a'\n", "        Computer: 'a'\n    filter_main_new_2:\n        Computer: 'b'\n"],
    ],
    upstream: ['now also excludes Computer "b"'],
  },
  {
    name: 'Sigma: level, tags and a false positive',
    base: texts.sigma,
    ours: [['    - Unknown', '    - Unknown\n    - Administrators']],
    theirs: [
      ['level: medium', 'level: high'],
      ['    - attack.t1059\n', '    - attack.t1059\n    - attack.t1204\n'],
      ['modified: 2026-02-01', 'modified: 2026-03-01'],
    ],
    merged: [
      ['level: medium', 'level: high'],
      ['    - attack.t1059\n', '    - attack.t1059\n    - attack.t1204\n'],
      ['modified: 2026-02-01', 'modified: 2026-03-01'],
    ],
    upstream: [
      'severity raised from medium to high',
      'date of the last change changed from 2026-02-01 to 2026-03-01',
      'threat: T1204 added',
    ],
  },
  {
    name: 'Sigma: the log source on both sides',
    base: texts.sigma,
    ours: [['product: windows', 'product: linux']],
    theirs: [['product: windows', 'product: macos']],
    merged: [],
    conflicts: [
      'Upstream changed the log source product from windows to macos, and here it was changed to linux; it stays linux.',
    ],
    upstream: ['log source product changed from windows to macos'],
  },
  {
    name: 'Sigma: the condition is another here, and a search is removed upstream',
    base: texts.sigma,
    ours: [['all of selection_* and', 'selection_img and']],
    theirs: [["            - '\\powershell.exe'\n", '']],
    merged: [["            - '\\powershell.exe'\n", '']],
    upstream: ['no longer matches where Image ends with "\\powershell.exe"'],
  },
  {
    name: 'Sigma: a correlation and a rule that it counts',
    base: texts.correlation,
    ours: [['gte: 10', 'gte: 20']],
    theirs: [
      ['timespan: 5m', 'timespan: 10m'],
      ['EventID: 4625', 'EventID:\n            - 4625\n            - 4771'],
    ],
    merged: [
      ['timespan: 5m', 'timespan: 10m'],
      ['EventID: 4625', 'EventID:\n            - 4625\n            - 4771'],
    ],
    upstream: ['now also matches EventID 4771', 'its time went from 5m to 10m'],
  },
  {
    name: 'Sigma: a filter document is changed here, and a rule upstream',
    base: texts.correlation,
    ours: [['TargetUserName: adm-a', 'TargetUserName: adm-b']],
    theirs: [['level: high', 'level: critical']],
    merged: [['level: high', 'level: critical']],
    upstream: ['severity raised from high to critical'],
  },
  {
    name: 'Sigma: upstream adds a document',
    base: texts.correlation,
    ours: [['gte: 10', 'gte: 20 # ours']],
    theirs: [
      [
        'condition: not selection\n',
        'condition: not selection\n---\ntitle: New\nid: 44444444-5f0c-4a8b-9d11-6f0a3c0f1a11\nlogsource:\n    product: windows\ndetection:\n    a:\n        EventID: 1\n    condition: a\n',
      ],
    ],
    merged: [
      [
        'condition: not selection\n',
        'condition: not selection\n---\ntitle: New\nid: 44444444-5f0c-4a8b-9d11-6f0a3c0f1a11\nlogsource:\n    product: windows\ndetection:\n    a:\n        EventID: 1\n    condition: a\n',
      ],
    ],
    upstream: ['was added'],
  },
  {
    name: 'Kibana: each side changes another rule',
    base: texts.kibana,
    ours: [['process.name:a.exe', 'process.name:(a.exe or z.exe)']],
    theirs: [['process.name:b.exe', 'process.name:(b.exe or y.exe)']],
    merged: [['process.name:b.exe', 'process.name:(b.exe or y.exe)']],
    upstream: ['now also matches process.name "y.exe"'],
  },
  {
    name: 'Kibana: upstream adds a rule and removes another',
    base: texts.kibana,
    ours: [['process.name:a.exe', 'process.name:(a.exe or z.exe)']],
    theirs: [[`${texts.second}\n`, `${texts.third}\n`]],
    merged: [[`${texts.second}\n`, `${texts.third}\n`]],
    upstream: ['was added', 'was removed'],
  },
  {
    name: 'Kibana: upstream removes a rule that was changed here',
    base: texts.kibana,
    ours: [['process.name:b.exe', 'process.name:(b.exe or z.exe)']],
    theirs: [[`${texts.second}\n`, '']],
    merged: [],
    conflicts: ['Upstream removed the rule "Second", which was changed here; it stays as it is here.'],
    upstream: ['was removed'],
  },
  {
    name: 'Kibana: an exception gets an entry here, and a rule a tag upstream',
    base: texts.kibana,
    ours: [
      [
        '"value":"printer"}]',
        '"value":"printer"},{"field":"host.name","operator":"included","type":"match","value":"p"}]',
      ],
    ],
    theirs: [['"tags":["One"],"exceptions_list"', '"tags":["One","Two"],"exceptions_list"']],
    merged: [['"tags":["One"],"exceptions_list"', '"tags":["One","Two"],"exceptions_list"']],
    upstream: ['tags: Two added'],
  },
];

/** A text with edits made; each finds its place. */
export function edited(text: string, edits: Edits): string {
  return edits.reduce((said, [from, to]) => {
    if (!said.includes(from)) throw new Error(`"${from}" is not there.`);
    return said.replace(from, () => to);
  }, text);
}
