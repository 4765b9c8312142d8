import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

import { type Run, reportForms } from '../../src/index.ts';
import { startBrowser } from '../support/browser.ts';
import { hostile, proofs, runOver, someRun, tomlRule } from '../support/runs.ts';

const print = (run: Run) => reportForms.find(({ id }) => id === 'html')!.print(run);
const page = print(someRun());

describe('the page as a file', () => {
  test('is compiled from what stands in page/', async () => {
    const script: string = '../../scripts/compile-page.mjs';
    const { compiledPage, target } = await import(script);
    expect(readFileSync(target, 'utf8')).toBe(compiledPage());
  });

  test('names nothing outside itself', () => {
    const [head] = page.split('id="run"');
    expect(head).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import/);
  });

  test('lets its own script and style run, and nothing else', () => {
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const hashOf = (tag: string) => {
      const [, text] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)!;
      return `'sha256-${createHash('sha256').update(text!).digest('base64')}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')}; base-uri 'none'; form-action 'none'`,
    );
  });

  test('no text of a rule ends the data', () => {
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page.match(/<script/g)).toHaveLength(2);
  });
});

const { browser, because } = await startBrowser();
const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
const open: Page[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.context().close();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a browser complains of, and what it asks for. */
interface Shown {
  readonly at: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function show(
  html = page,
  width = 1280,
  colorScheme: 'light' | 'dark' = 'light',
  first = '.open',
): Promise<Shown> {
  const path = join(folder, 'report.html');
  writeFileSync(path, html);
  const context = await browser!.newContext({ viewport: { width, height: 900 }, colorScheme });
  const at = await context.newPage();
  open.push(at);
  const [complaints, requests]: [string[], string[]] = [[], []];
  at.on('console', (message) => complaints.push(message.text()));
  at.on('pageerror', (error) => complaints.push(String(error)));
  at.on('request', (request) => requests.push(request.url()));
  await at.goto(pathToFileURL(path).href);
  await at.waitForSelector(first);
  return { at, complaints, requests };
}

const titles = (at: Page) => at.locator('.title').allTextContents();
const openRule = async (at: Page, title: string) => {
  await at.locator('.open', { hasText: title }).click();
  return at.locator('li.is-open .detail');
};

describe.skipIf(browser === undefined)(`the page in a browser ${because}`, () => {
  test('lists the rules of the run with its totals, and asks for nothing', async () => {
    const { at, complaints, requests } = await show();
    expect(await titles(at)).toEqual(['Netcat Started', 'Listener Started', 'Refused', hostile]);
    expect(await at.locator('h1').textContent()).toBe('4 rules to Sigma');
    expect(await at.locator('.group').allTextContents()).toEqual([
      'Grade equivalent 1 broader 2 refused 1',
      'Verdict equal 1 broader 1 unknown 1',
      expect.stringMatching(/^Constructs kept \d+ changed \d+ widened 2 dropped \d+ carried \d+$/),
    ]);
    expect(await at.locator('.notice').allTextContents()).toEqual([
      expect.stringContaining('--max-loss equivalent is not met'),
      expect.stringContaining('rules/broken.toml:2 This string is not closed'),
    ]);
    expect(await at.locator('.open', { hasText: 'Refused' }).locator('.tally').textContent()).toContain(
      'loss/',
    );
    expect([complaints, requests.length]).toEqual([[], 1]);
  });

  test('filters by grade, verdict, construct, kind and words, and forgets them', async () => {
    const { at } = await show();
    const chip = (group: string, word: string) =>
      at.getByRole('group', { name: group }).getByRole('button', { name: word });
    await chip('Grade', 'broader').click();
    expect(await titles(at)).toEqual(['Listener Started', hostile]);
    expect(await at.getByRole('status').textContent()).toBe('2 of 4 rules');
    await chip('Verdict', 'unknown').click();
    expect(await titles(at)).toEqual([hostile]);
    await at.getByRole('button', { name: 'Clear filters' }).click();
    expect(await titles(at)).toHaveLength(4);
    await chip('Constructs', 'widened').click();
    expect(await titles(at)).toEqual(['Listener Started', hostile]);
    await at.getByLabel('Kind of construct').selectOption('envelope');
    expect(await titles(at)).toEqual([]);
    await at.getByRole('button', { name: 'Clear filters' }).click();
    await at.getByLabel('Search').fill('STRINGCONTAINS');
    await at.getByText('1 of 4 rules').waitFor();
    expect(await titles(at)).toEqual(['Refused']);
  });

  test('shows both texts of a rule, letter by letter', async () => {
    const { at } = await show();
    const detail = await openRule(at, 'Listener Started');
    const [, { rules }] = someRun().files as unknown as [never, Run['files'][number]];
    const [{ read, text }] = rules as unknown as [(typeof rules)[number]];
    const panes = detail.locator(':scope > .texts > .pane pre');
    for (const [index, whole] of [read.text, text].entries()) {
      const lines = await panes.nth(index).locator('.line code').allTextContents();
      expect(lines).toEqual(whole.trimEnd().split('\n'));
    }
    expect(await panes.first().locator('.number').nth(4).textContent()).toBe('5');
  });

  test('shows the event of a verdict in both namings', async () => {
    const { at } = await show();
    const proof = (await openRule(at, 'Listener Started')).locator('.proof');
    expect(await proof.locator('h3').textContent()).toContain('finds all that the rule read finds, and more');
    const events = (await proof.locator('.event').allTextContents()).map((text) => JSON.parse(text));
    const [{ events: read, asWritten }] = proofs.broader.shown;
    expect(events).toEqual([...read, ...asWritten]);
  });

  test('shows the ledger: each construct, what is kept on demand', async () => {
    const { at } = await show();
    const detail = await openRule(at, 'Listener Started');
    const rows = detail.locator('.entry:visible');
    const few = await rows.count();
    await detail.getByRole('button', { name: /Show \d+ kept/ }).click();
    const [, { rules }] = someRun().files as unknown as [never, Run['files'][number]];
    expect(await rows.count()).toBe(rules[0]?.ledger.length);
    expect(few).toBeLessThan(await rows.count());
    const widened = detail.locator('.entry.widened');
    expect(await widened.locator('.words').allTextContents()).toEqual([
      'process.args : "-l"',
      "CommandLine|contains: '-l'",
    ]);
    expect(await widened.locator('.why').textContent()).toContain('loss/mapping');
  });

  test('a line of the ledger lights up its places in both texts', async () => {
    const { at } = await show();
    const detail = await openRule(at, 'Listener Started');
    await detail.locator('.entry.widened').hover();
    expect(await detail.locator('mark.lit').allTextContents()).toEqual([
      'process.args : "-l"',
      "CommandLine|contains: '-l'",
    ]);
  });

  test('what a rule says is text, whatever it says', async () => {
    const { at, complaints } = await show();
    const detail = await openRule(at, 'taken');
    expect(await detail.locator('.line').count()).toBeGreaterThan(10);
    expect(await at.title()).toBe('5 rules to sigma');
    expect(await at.locator('script').count()).toBe(2);
    expect(await at.locator('main b, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('no other script runs in it', async () => {
    const { at, complaints } = await show();
    await at.evaluate(`document.body
      .appendChild(document.createElement('script'))
      .appendChild(document.createTextNode('document.title = "taken"'))`);
    expect(await at.title()).toBe('5 rules to sigma');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  test('is used with the keys alone', async () => {
    const { at } = await show();
    await at.keyboard.press('/');
    await at.keyboard.type('started');
    await at.getByText('2 of 4 rules').waitFor();
    await at.locator('.open').first().focus();
    await at.keyboard.press('ArrowDown');
    await at.keyboard.press('Enter');
    const focused = at.locator('.open:focus');
    expect(await focused.getAttribute('aria-expanded')).toBe('true');
    expect(await focused.locator('.title').textContent()).toBe('Listener Started');
    expect(await at.locator('.detail:visible').count()).toBe(1);
    await at.keyboard.press('Enter');
    expect(await at.locator('.detail:visible').count()).toBe(0);
  });

  test.each([
    [400, 'light'],
    [400, 'dark'],
    [1280, 'light'],
    [2000, 'light'],
    [2000, 'dark'],
  ] as const)('nothing hangs over at %d px, %s', async (width, scheme) => {
    const { at } = await show(page, width, scheme);
    for (const title of ['Listener Started', 'Refused', 'taken']) await openRule(at, title);
    const over = await at.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(over).toBeLessThanOrEqual(0);
    const back = await at.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const [red = 0] = (back.match(/\d+/g) ?? []).map(Number);
    expect(red > 128).toBe(scheme === 'light');
    const [read, written] = await at.locator('.detail').first().locator(':scope > .texts > .pane').all();
    const [left, right] = [await read?.boundingBox(), await written?.boundingBox()];
    expect(left?.y === right?.y).toBe(width > 1000);
  });

  test('thousands of rules open at once, and are drawn as they come into view', async () => {
    const [file] = runOver([{ path: 'x.toml', text: tomlRule('Many', 'process.args : "-l"', 'x') }]).files;
    const rules = Array.from({ length: 4000 }, (_, index) => ({
      ...file!.rules[0]!,
      title: `Rule ${index}`,
    }));
    const many = print({ ...someRun(), files: [{ path: 'x.toml', findings: [], rules }] });
    const start = performance.now();
    const { at } = await show(many);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await at.locator('.rule').count()).toBeLessThan(200);
    await at.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await at.locator('.title', { hasText: /^Rule 60$/ }).waitFor();
    await at.getByLabel('Search').fill('rule 3999');
    await at.getByText('1 of 4,000 rules').waitFor();
    expect(await titles(at)).toEqual(['Rule 3999']);
  });

  test('a run without rules, and one of one rule, are pages, too', async () => {
    const one = runOver([{ path: 'x.toml', text: tomlRule('Lonely', 'process.args : "-l"', 'x') }]);
    const { at } = await show(print(one));
    expect(await at.locator('.detail:visible').count()).toBe(1);
    const none = await show(print(runOver([])), 400, 'light', '.status');
    expect(await none.at.locator('h1').textContent()).toBe('0 rules to Sigma');
    expect(none.complaints).toEqual([]);
  });
});
