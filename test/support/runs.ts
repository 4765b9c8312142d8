import {
  type ConvertOptions,
  convert,
  type FileReport,
  findingOf,
  type Gate,
  type Proof,
  positions,
  type Run,
  ruleLedger,
  summarize,
} from '../../src/index.ts';

/** Rules of our own, in the words that a hostile author would choose. */
export const hostile = '</script><script>document.title = "taken"</script> "quoted", 100%: a|b `c` @team';

export function tomlRule(title: string, query: string, id: string): string {
  return `[metadata]
creation_date = "2026/01/15"
maturity = "production"

[rule]
author = ["rulecast"]
description = """
Finds a listener.
"""
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = ${JSON.stringify(title)}
risk_score = 47
rule_id = "${id}"
severity = "medium"
type = "eql"
query = '''
process where host.os.type == "linux" and event.type == "start" and
  ${query}
'''
`;
}

/** What a proof may come to; made up, so that reports show each. */
export const proofs = {
  broader: {
    relation: 'broader',
    shown: [
      {
        matches: 'written',
        events: [{ process: { name: 'nc', args: ['-lv'] } }],
        asWritten: [{ Image: '/usr/bin/nc', CommandLine: 'nc -lv </script>' }],
      },
    ],
  },
  equal: { relation: 'equal' },
  unknown: { relation: 'unknown', because: 'the rules ask for more than is looked through' },
} as const satisfies Record<string, Proof>;

interface Part {
  readonly path: string;
  readonly text: string;
  readonly proof?: Proof;
}

/** A run over these texts, with proofs laid over what they came to. */
export function runOver(
  parts: readonly Part[],
  to: ConvertOptions['to'] = 'sigma',
  gates: readonly Gate[] = [],
): Run {
  const options = { to, today: '2026-02-03' };
  const files = parts.map(({ path, text, proof }): FileReport => {
    const outcome = convert(text, options);
    const place = positions(text);
    const findings = outcome.diagnostics.map((found) => findingOf(found, path, place));
    if (!outcome.ok) return { path, fidelity: 'failed', findings, rules: [] };
    const rules = outcome.value.rules.map((rule) => ({ ...rule, ...(proof && { proof }) }));
    const known = { text, options, rules };
    return { path, findings, rules: rules.map((rule) => ruleLedger(rule, known, path, place)) };
  });
  const grades = files.flatMap(({ fidelity, rules }) => [fidelity ?? [], rules.map((one) => one.fidelity)]);
  return { to, files, summary: summarize(grades.flat(2)), gates };
}

const ids = [1, 2, 3, 4, 5].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);

/** One of each: equal, widened, refused, hostile, unreadable. */
export const parts: readonly Part[] = [
  {
    path: 'rules/plain.toml',
    text: tomlRule('Netcat Started', 'process.name : "nc"', ids[0]!),
    proof: proofs.equal,
  },
  {
    path: 'rules/listener, 100%.toml',
    text: tomlRule('Listener Started', 'process.name : "nc" and process.args : "-l"', ids[1]!),
    proof: proofs.broader,
  },
  {
    path: 'rules/refused.toml',
    text: tomlRule('Refused', 'stringContains(process.command_line, process.name)', ids[2]!),
  },
  {
    path: 'rules/hostile.toml',
    text: tomlRule(
      hostile,
      `process.name : "<b>" and process.args : "${hostile.replaceAll('"', '')}"`,
      ids[3]!,
    ),
    proof: proofs.unknown,
  },
  { path: 'rules/broken.toml', text: '[rule]\nname = "x\n' },
];

export const gates: readonly Gate[] = [
  {
    asked: '--max-loss equivalent',
    stops: [
      {
        message: 'The rule came to broader, and equivalent is the worst that passes.',
        path: 'rules/listener, 100%.toml',
        id: ids[1]!,
        title: 'Listener Started',
      },
    ],
  },
  { asked: '--max-loss 0', stops: [{ message: 'The run has 2 losses, and none is allowed.' }] },
];

export const someRun = (): Run => runOver(parts, 'sigma', gates);
