/** A rule file with something of everything that TOML has, in nobody's style. */
export const everything = `# a rule of our own
[metadata]
maturity   =  "production" # still
creation_date = "2024/05/06"
updated_date = "2024/05/07"
"odd key" = 1979-05-27T07:32:00.25Z
extended.team = "blue"

[rule]
name = 'Printer starts a shell'
description = """
A printer that starts
a shell."""
rule_id = "3e5d6c1a-0000-4000-8000-000000000001"
severity = "dreadful"
risk_score = 47.0
unheard_of = [ 1, 2.5, +inf, [ 'a', "b" ], { x.y = 1, "z" = """q""" }, ]
constructor = 0xff
"__proto__" = true
type = "eql"
language = "eql"
query = '''
process where process.name == "sh" and process.args : "\\\\tmp*"
'''
max_signals = 9_007_199_254_740_993

[transform]
[[transform.osquery]]
label = "x"

[[rule.threat]]
framework = "F"
[rule.threat.tactic] # the first
id = "TA1"
name = "One"
reference = "https://example.org/1/"

[[rule.threat]]
framework = "F"
tactic = { id = "TA2", name = "Two", reference = "https://example.org/2/" }
[[rule.threat.technique]]
id = "T1"
name = "T"
reference = "https://example.org/t/"
`;

/** The least that is a rule, in house style. */
export const plain = `[metadata]
creation_date = "2024/05/06"
maturity = "production"
updated_date = "2024/05/07"

[rule]
author = ["Me"]
description = """
A printer starts a shell.
"""
index = ["logs-*"]
language = "kuery"
name = "Printer starts a shell"
risk_score = 47
severity = "medium"
tags = ["OS: Linux", "Use Case: Threat Detection"]
type = "query"

query = '''
process.name:sh and process.parent.name:lpd
'''

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
