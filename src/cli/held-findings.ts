import type { ExclusionsReport, Finding } from '../index.ts';
import { printJson } from './terminal.ts';

/** With `--json`, what is said of a file and of none of its rules goes with the next of them, or stands alone behind the last. */
export class HeldFindings {
  #path: string | undefined;
  #findings: readonly Finding[] = [];

  /** The file that is told of. */
  get path(): string | undefined {
    return this.#path;
  }

  hold(findings: readonly Finding[]): void {
    this.#findings = findings;
  }

  take(): readonly Finding[] {
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  /** What is left of another file is told by itself. */
  turnTo(path: string | undefined): void {
    const before = this.#path;
    if (before === path) return;
    this.#path = path;
    const diagnostics = this.take();
    if (before === undefined || diagnostics.length === 0) return;
    const report: ExclusionsReport = {
      path: before,
      title: '',
      exclusions: 0,
      fidelity: 'failed',
      text: '',
      diagnostics,
    };
    printJson(report);
  }
}
