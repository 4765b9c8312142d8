/** Rules that the histories begin with. */

const threat = `
[[rule.threat]]
framework = "MITRE ATT&CK"

[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"

[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`;

const around = (type: string, language: string) => `[metadata]
creation_date = "2026/01/15"
maturity = "production"
updated_date = "2026/02/01"

[rule]
author = ["rulecast"]
description = "Looks for shells. They are rare here."
from = "now-9m"
index = ["logs-endpoint.events.*"]
language = "${language}"
license = "MIT"
name = "Shells"
note = """## Triage

Look at the parent.

Look at the user.
"""
references = ["https://example.org/a", "https://example.org/b"]
risk_score = 47
rule_id = "5e6adde5-b73e-5c02-8205-ce821b516c2f"
severity = "medium" # as agreed
tags = ["OS: Windows", "Team: Blue"]
type = "${type}"
`;

const toml = (type: string, language: string, query: string, more = '') =>
  `${around(type, language)}\nquery = '''\n${query}\n'''\n${more}${threat}`;

export const eql = toml(
  'eql',
  'eql',
  `process where host.os.type == "windows" and event.type == "start" and
  process.name : ("cmd.exe", "powershell.exe") and
  not user.name : "svc-backup" // the backups
  and process.args : "-enc*"`,
);

export const alternatives = toml(
  'eql',
  'eql',
  `process where process.name == "a.exe" or (process.name == "b.exe" and process.args == "-x")`,
);

export const single = toml('eql', 'eql', `process where process.name == "a.exe"`);

export const kql = toml(
  'query',
  'kuery',
  'event.category:process and process.name:(cmd.exe or powershell.exe) and not user.name:SYSTEM',
  `
[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.match_phrase]
"host.name" = "lab"
`,
);

export const esql = toml(
  'esql',
  'esql',
  `FROM logs-endpoint.events.*
| WHERE process.name == "cmd.exe" AND user.name != "svc" AND host.id IS NOT NULL
| STATS n = COUNT(*) BY host.id
| WHERE n >= 5`,
).replace('index = ["logs-endpoint.events.*"]\n', '');

export const threshold = toml(
  'threshold',
  'kuery',
  'event.action:logon-failed and source.ip:*',
  `
[rule.threshold]
field = ["source.ip"]
value = 10
[[rule.threshold.cardinality]]
field = "user.name"
value = 3
`,
);

export const sequence = toml(
  'eql',
  'eql',
  `sequence by host.id with maxspan=1m
  [process where process.name : "gcc"]
  [file where file.extension : "so"]
  [network where destination.port == 443]`,
);

export const newTerms = toml(
  'new_terms',
  'kuery',
  'event.category:process and process.name:anydesk.exe',
  `
[rule.new_terms]
field = "new_terms_fields"
value = ["host.id", "user.id"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-7d"
`,
);

export const indicators = toml(
  'threat_match',
  'kuery',
  'source.ip:*',
  `threat_index = ["logs-ti_*"]
threat_language = "kuery"
threat_query = "@timestamp >= now-30d"

[[rule.threat_mapping]]
[[rule.threat_mapping.entries]]
field = "source.ip"
type = "mapping"
value = "threat.indicator.ip"
`,
);

export const sigma = `title: Shells
id: 0b5f1f5b-5f0c-4a8b-9d11-6f0a3c0f1a11
status: test
description: Looks for shells. They are rare here.
references:
    - https://example.org/a
author: rulecast
date: 2026-01-15
modified: 2026-02-01
tags:
    - attack.execution
    - attack.t1059
logsource:
    category: process_creation
    product: windows
detection:
    selection_img:
        Image|endswith:
            - '\\cmd.exe'
            - '\\powershell.exe'
    selection_cli:
        CommandLine|contains: ' -enc '
    # the backups
    filter_main_backup:
        User: 'svc-backup'
    condition: all of selection_* and not 1 of filter_main_*
falsepositives:
    - Unknown
level: medium
`;

export const correlation = `title: Failed Logon
id: 11111111-5f0c-4a8b-9d11-6f0a3c0f1a11
name: failed_logon
status: test
logsource:
    product: windows
    service: security
detection:
    selection:
        EventID: 4625
    condition: selection
level: low
---
title: Many Failed Logons
id: 22222222-5f0c-4a8b-9d11-6f0a3c0f1a11
status: test
correlation:
    type: event_count
    rules:
        - failed_logon
    group-by:
        - TargetUserName
    timespan: 5m
    condition:
        gte: 10
level: high
---
title: Filter Of Administrators
id: 33333333-5f0c-4a8b-9d11-6f0a3c0f1a11
logsource:
    product: windows
    service: security
filter:
    rules:
        - failed_logon
    selection:
        TargetUserName: adm-a
    condition: not selection
`;

const line = (id: string, name: string, query: string, more: object = {}) =>
  JSON.stringify({
    rule_id: id,
    name,
    description: 'About it.',
    risk_score: 21,
    severity: 'low',
    type: 'query',
    language: 'kuery',
    index: ['logs-*'],
    query,
    tags: ['One'],
    ...more,
  });

const details = (rules: number, lists: number, listed: number) =>
  JSON.stringify({
    exported_count: rules + lists + listed,
    exported_rules_count: rules,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: lists,
    exported_exception_list_item_count: listed,
  });

const exceptions = [{ id: 'l1', list_id: 'tuning', type: 'detection', namespace_type: 'single' }];
export const listed = {
  list: JSON.stringify({
    id: 'l1',
    list_id: 'tuning',
    type: 'detection',
    name: 'Tuning',
    description: 'What is known.',
    namespace_type: 'single',
  }),
  exception: JSON.stringify({
    item_id: 'i1',
    list_id: 'tuning',
    type: 'simple',
    name: 'Printers',
    description: 'Printers.',
    namespace_type: 'single',
    entries: [{ field: 'user.name', operator: 'included', type: 'match', value: 'printer' }],
  }),
};
export const first = line('r-1', 'First', 'process.name:a.exe', { exceptions_list: exceptions });
export const second = line('r-2', 'Second', 'process.name:b.exe');
export const third = line('r-3', 'Third', 'process.name:c.exe');
export const pack = (rules: readonly string[], list = [listed.list, listed.exception]) =>
  [...rules, ...list, details(rules.length, list.length === 0 ? 0 : 1, Math.max(0, list.length - 1))]
    .map((one) => `${one}\n`)
    .join('');
export const kibana = pack([first, second]);
