import { asHtml } from '../html/html.ts';
import type { Run } from '../run.ts';
import { asAnnotations } from './github.ts';
import { asJson } from './json.ts';
import { asJUnit } from './junit.ts';
import { asMarkdown } from './markdown.ts';
import { asSarif } from './sarif.ts';
import { asText } from './text.ts';

/** A way to tell of a run. */
export interface ReportForm {
  readonly id: string;
  /** How its files end. */
  readonly endings: readonly string[];
  readonly print: (run: Run) => string;
}

/** The forms of reports, each a function of a run. */
export const reportForms: readonly ReportForm[] = [
  { id: 'text', endings: ['.txt'], print: asText },
  { id: 'json', endings: ['.json'], print: asJson },
  { id: 'markdown', endings: ['.md', '.markdown'], print: asMarkdown },
  { id: 'html', endings: ['.html', '.htm'], print: asHtml },
  { id: 'sarif', endings: ['.sarif', '.sarif.json'], print: asSarif },
  { id: 'junit', endings: ['.xml'], print: asJUnit },
  { id: 'github', endings: [], print: asAnnotations },
];

/** The form of a file of this name: that of the longest ending. */
export function formOfFile(path: string): ReportForm | undefined {
  const name = path.toLowerCase();
  const found = reportForms.flatMap((form) =>
    form.endings.filter((ending) => name.endsWith(ending)).map((ending) => ({ form, ending })),
  );
  return found.sort((a, b) => b.ending.length - a.ending.length)[0]?.form;
}
