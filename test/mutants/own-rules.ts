import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, saidOf } from '../support/rosetta.ts';
import { elastic, rules } from './rules.ts';

/** A text with one rule in it, or with the few that belong to one. */
export interface RuleText {
  readonly name: string;
  readonly from: 'sigma' | 'elastic';
  readonly text: string;
  /** One of ours, all of which are looked at. */
  readonly isOwn?: true;
}

const folder = join(import.meta.dirname, '../../rules');
const files = { 'sigma.yml': 'sigma', 'elastic.toml': 'elastic' } as const;

/** Our own pack, a rule for each way to say an idea, and what neither has. */
export const ownRules = (): readonly RuleText[] =>
  [...rules, ...pack(), ...ideas()].map((rule) => ({ ...rule, isOwn: true }));

function pack(): readonly RuleText[] {
  return readdirSync(folder).flatMap((rule) =>
    Object.entries(files).flatMap(([file, from]) => {
      const path = join(folder, rule, file);
      return existsSync(path)
        ? [{ name: `rules/${rule}/${file}`, from, text: readFileSync(path, 'utf8') }]
        : [];
    }),
  );
}

function ideas(): readonly RuleText[] {
  return pages
    .flatMap(({ title, ideas }) => ideas.map((idea) => ({ ...idea, idea: `${title}: ${idea.idea}` })))
    .flatMap(({ idea, say }) =>
      Object.entries(say).flatMap(([language, saying]) => {
        const says = saidOf(saying)?.says;
        const name = `${idea}, in ${language}`;
        if (says === undefined || language === 'dsl') return [];
        return language === 'sigma' ? sigmaRule(name, says) : [elastic(name, language, says)];
      }),
    );
}

/** What stands below `detection:` alone. */
function sigmaRule(name: string, says: string): readonly RuleText[] {
  if (!/^condition:/m.test(says)) return [];
  const detection = says.replace(/^(?=.)/gm, '    ');
  const head = `title: ${JSON.stringify(name)}\nlogsource:\n    product: windows\n    category: process_creation\n`;
  return [{ name, from: 'sigma', text: `${head}detection:\n${detection}\n` }];
}
