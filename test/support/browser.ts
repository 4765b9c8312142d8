import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** A browser, or why none starts here: it is a program for Linux on x64, and wants libraries of the system. */
export interface Started {
  readonly browser?: Browser;
  readonly because: string;
}

/** One process for all would end with the first page that is closed. */
const unwanted = '--single-process';

export async function startBrowser(): Promise<Started> {
  try {
    const executablePath = await chromium.executablePath();
    const args = chromium.args.filter((arg) => arg !== unwanted);
    return { browser: await driver.launch({ executablePath, args, headless: true }), because: '' };
  } catch (error) {
    return { because: `no browser starts here: ${String(error).split('\n')[0]}` };
  }
}
