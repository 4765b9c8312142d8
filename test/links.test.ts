import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const foreign: readonly string[] = ['node_modules', 'dist', 'out'];

/** Every page of the project, those of the manual and those that stand beside the code. */
const pages = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !foreign.includes(name) && !name.startsWith('.'))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map((name) =>
          join(entry.name, name),
        )
      : [entry.name],
  )
  .filter((name) => name.endsWith('.md') && !name.includes('node_modules'));

/** The text of a page without what only shows code. */
function prose(text: string): string {
  return text
    .replace(/^(```+)[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '));
}

/** What a heading can be linked by: the way GitHub and GitLab make it. */
function anchorsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading] of text.replace(/^(```+)[\s\S]*?^\1$/gm, '').matchAll(/^#+ (.*)$/gm)) {
    const anchor = slugOf(heading!);
    let again = 0;
    while (found.has(again === 0 ? anchor : `${anchor}-${again}`)) again += 1;
    found.add(again === 0 ? anchor : `${anchor}-${again}`);
  }
  return found;
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

interface Link {
  readonly target: string;
  readonly page: string;
}

const links: readonly Link[] = pages.flatMap((page) =>
  [...prose(readFileSync(join(root, page), 'utf8')).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => ({ page, target: target! }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
);

/** What is wrong with a link, if anything is. */
function faultOf({ page, target }: Link): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, page) : join(root, dirname(page), path);
  if (!existsSync(file)) return `${page} links to ${target}, which is not there`;
  if (anchor === undefined) return undefined;
  if (statSync(file).isDirectory()) return `${page} links to a heading of a folder, ${target}`;
  if (anchorsOf(readFileSync(file, 'utf8')).has(anchor)) return undefined;
  return `${page} links to ${target}, and ${relative(root, file)} has no such heading`;
}

test('there are pages, and links in them', () => {
  expect(pages.length).toBeGreaterThan(40);
  expect(links.length).toBeGreaterThan(20);
});

describe('a link leads somewhere', () => {
  test.each(pages)('in %s', (page) => {
    expect(links.filter((link) => link.page === page).flatMap((link) => faultOf(link) ?? [])).toEqual([]);
  });
});

test('a link that leads nowhere is found', () => {
  const page = 'docs/match.md';
  expect(faultOf({ page, target: 'nowhere.md' })).toContain('is not there');
  expect(faultOf({ page, target: 'compare.md#nothing' })).toContain('has no such heading');
  expect(faultOf({ page, target: 'compare.md#what-is-compared' })).toBeUndefined();
});
