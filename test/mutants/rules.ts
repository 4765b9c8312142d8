import type { RuleText } from './own-rules.ts';

const started = { product: 'windows', category: 'process_creation' };

/** Rules of our own for what neither our pack nor the table of ideas asks. */
export const rules: readonly RuleText[] = [
  sigma('Programs by name and by path', started, [
    "Image|endswith: '\\mail.exe'",
    "ParentImage|endswith: '\\shell.exe'",
    "CommandLine|contains|all:\n    - ' -quiet '\n    - '\\drop\\*'",
    "CurrentDirectory: 'C:\\Drop\\'",
  ]),
  sigma('A program whose name ends in a blank', started, ["Image|endswith: '.exe '"]),
  sigma('An account of a domain', started, ["User: 'NORTH\\operator'"]),
  sigma('A program by its hashes', started, [
    `Hashes|contains:\n    - 'MD5=${'0a'.repeat(16)}'\n    - 'SHA256=${'0b'.repeat(32)}'`,
  ]),
  sigma('A connection from here', { product: 'windows', category: 'network_connection' }, [
    "Initiated: 'false'",
    'DestinationPort: 4444',
  ]),
  sigma('A start without a parent', started, [
    "ParentCommandLine:\n    - null\n    - 'idle'",
    "Image|endswith: '\\mail.exe'",
  ]),
  sigma('A text that begins with a star and has another', started, ["Description|startswith: '\\*a'"]),
  sigma('A program that was started by another', started, [
    "Image|endswith: '\\mail.exe'",
    "GrandParentImage|endswith: '\\shell.exe'",
  ]),
  sigma('A folder that is named anywhere', started, ["CommandLine|contains: 'C:\\Drop\\mail'"]),
  sigma('Digits and signs', started, ["CommandLine|contains: '1\\2:3'"]),
  sigma('A kind of event by its number', { product: 'windows', service: 'security' }, ['EventID: 4625']),
  sigma('A program of Linux', { product: 'linux', category: 'process_creation' }, ["Image|endswith: '/nc'"]),
  elastic('Programs of none of these names', 'eql', 'process where process.name not in ("a.exe", "b.exe")'),
  elastic(
    'A word of a command line',
    'eql',
    'process where process.command_line : "* -quiet *" and\n  process.name : "mail.exe"',
  ),
  elastic(
    'Not called so',
    'eql',
    'process where host.os.type == "windows" and event.type == "start" and process.name == "a.exe" and not process.args == "-d"',
  ),
  elastic(
    'Alternatives with conditions of their own',
    'eql',
    'process where host.os.type == "windows" and event.type == "start" and process.name == "a.exe" and (process.parent.name == "c.exe" or not process.working_directory == "C:\\\\Drop")',
  ),
  elastic(
    'A path',
    'eql',
    'process where host.os.type == "windows" and event.type == "start" and process.executable == "C:\\\\Drop\\\\mail.exe"',
  ),
  elastic('Files by what they end with', 'eql', 'file where file.extension == "iso"'),
  elastic(
    'Alternatives and conditions',
    'eql',
    'process where process.name == "a.exe" and (process.parent.name == "b.exe" or process.args == "-c") and not (user.name == "c" and process.args == "-d")',
  ),
  elastic(
    'A call that went well',
    'kuery',
    'event.dataset:aws.cloudtrail and event.action:StopLogging and event.outcome:success',
  ),
  elastic(
    'Neither of these',
    'esql',
    'from logs-* metadata _id, _version, _index\n| where event.action not in ("a", "b")',
  ),
  elastic(
    'Nothing like these',
    'esql',
    'from logs-* metadata _id, _version, _index\n| where event.action not like "a*"',
  ),
  {
    name: 'Many hosts',
    from: 'elastic',
    text: `[rule]
name = "Many hosts"
type = "threshold"
language = "kuery"
index = ["logs-*"]
query = "event.action:logon"

[rule.threshold]
field = ["user.name"]
value = 1

[[rule.threshold.cardinality]]
field = "host.id"
value = 5
`,
  },
];

function sigma(title: string, source: Readonly<Record<string, string>>, lines: readonly string[]): RuleText {
  const search = lines.join('\n').replace(/^/gm, '        ');
  const detection = `detection:\n    selection:\n${search}\n    condition: selection\n`;
  return {
    name: title,
    from: 'sigma',
    text: `title: ${title}\nlogsource: ${JSON.stringify(source)}\n${detection}`,
  };
}

export function elastic(title: string, language: string, query: string): RuleText {
  const type = language === 'kuery' || language === 'lucene' ? 'query' : language;
  const text = `[rule]
name = ${JSON.stringify(title)}
type = "${type}"
language = "${language}"
index = ["logs-*"]
query = '''
${query}
'''
`;
  return { name: title, from: 'elastic', text };
}
