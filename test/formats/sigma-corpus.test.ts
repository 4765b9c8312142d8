import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/diagnostic/diagnostic.ts';
import { sigma } from '../../src/formats/sigma/index.ts';
import type { Pack } from '../../src/rule/rule.ts';
import { cases, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const files = sigmaFiles();

/** Without places in a text, and with detections moved to the left: new texts indent them by four. */
function data(pack: Pack): unknown {
  const told = JSON.stringify(pack, (key, value) => (key === 'span' || key === 'parsed' ? undefined : value));
  return JSON.parse(told, (key, value) => (key === 'text' ? flush(value) : value));
}

function flush(text: string): string {
  const indent = /^ */.exec(text.split('\n').find((line) => /^ *[^ #]/.test(line)) ?? '')![0];
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n');
}

/** Whether there is a comment outside of the detection, which a new text does not keep. */
function hasComment(text: string): boolean {
  return /^(?:#|\S.* #| +- .* #| +#)/m.test(text.replace(/^detection:\n(?:(?: .*)?\n)*/m, ''));
}

describe.skipIf(without)("SigmaHQ's rules", () => {
  test('are known for what they are, and read without a finding', () => {
    const findings = files.flatMap(({ path, text }) => {
      const { ok, diagnostics } = sigma.read(text);
      return sigma.detect(text) && ok && diagnostics.length === 0 ? [] : [path, ...diagnostics];
    });
    expect(findings).toEqual([]);
    expect(files.length).toBeGreaterThan(1000);
  });

  test('are identical if nobody touched them', () => {
    for (const { path, text } of files) {
      expect(must(sigma.write(must(sigma.read(text)), { onto: text })) === text, path).toBe(true);
    }
  });

  test('change by one line if one word changes', () => {
    for (const { path, text } of files) {
      const pack = must(sigma.read(text));
      const [rule, ...more] = pack.rules;
      if (more.length > 0) continue;
      const said = must(
        sigma.write({ ...pack, rules: [{ ...rule!, title: 'Something Else' }] }, { onto: text }),
      );
      expect(said === text.replace(/^title: .*$/m, 'title: Something Else'), path).toBe(true);
    }
  });

  test('say the same in a new text', () => {
    for (const { path, text } of files) {
      const pack = must(sigma.read(text));
      expect(data(must(sigma.read(must(sigma.write(pack))))), path).toEqual(data(pack));
    }
  });

  test('are as SigmaHQ writes them in a new text, but where authors went their own ways', () => {
    const active = files.filter(({ path, text }) => path.startsWith('sigma/rules') && !hasComment(text));
    const alike = active.filter(({ text }) => must(sigma.write(must(sigma.read(text)))) === text);
    expect(alike.length / active.length).toBeGreaterThan(0.92);
  });

  test('take little longer to read than their YAML', () => {
    const start = performance.now();
    for (const { text } of files) sigma.read(text);
    expect((performance.now() - start) / files.length).toBeLessThan(3);
  });
});

test.skipIf(without)("Elastic's rules are not taken for Sigma's", () => {
  const files = elasticFiles();
  expect(files.filter(({ text }) => sigma.detect(text))).toEqual([]);
  expect(files.length).toBeGreaterThan(500);
});

interface Case {
  readonly id: string;
  readonly sigma?: string;
  readonly yaml?: string;
  readonly expected_error?: string;
}

/** What `languages/sigma` finds, and what only a look at other files can. */
const elsewhere =
  /^Sigma(?:Modifier|Value|Type|Detection|Condition|RuleNotFound|Placeholder|RegularExpression|CIDR|Exists|Fieldref)/;

describe.skipIf(without)("other engines' cases", () => {
  test.each(['sigma-valid-cases.jsonl', 'sigma-spec-samples.jsonl'])(
    '%s are read without a finding',
    (name) => {
      const all = cases<Case>(name);
      const found = all.filter(({ sigma: text, yaml = text }) => yaml && !isClean(sigma.read(yaml)));
      expect(found).toEqual([]);
      expect(all.length).toBeGreaterThan(0);
    },
  );

  test('documents that must be rejected are refused, or their bad field is reported and carried', () => {
    const all = cases<Case>('sigma-invalid-cases.jsonl').filter(
      ({ sigma, expected_error = '' }) => sigma && !elsewhere.test(expected_error),
    );
    expect(all.filter(({ sigma: text }) => isClean(sigma.read(text!)))).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });
});

function isClean({ ok, diagnostics }: Outcome<Pack>): boolean {
  return ok && diagnostics.length === 0;
}
