import { sha256Base64 } from '../../source/digest.ts';
import { visible } from '../../source/visible.ts';
import type { Run } from '../run.ts';
import { countOfRules } from '../words.ts';
import { script, style } from './assets.ts';
import { packed } from './packed.ts';

/**
 * A report as one page that needs no server and no network, and is forbidden both. What rules say stands in it as
 * data alone: the script lays it out as text.
 */
export function asHtml(run: Run): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${countOfRules(run)} to ${run.to}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page lists rules with a script of its own. The same stands in the reports in text and Markdown.</noscript>
<script type="application/json" id="run">${asData(packed(run))}</script>
<script>${script}</script>
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `script-src 'sha256-${sha256Base64(script)}'`,
  `style-src 'sha256-${sha256Base64(style)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** No text in it ends the element that it stands in, or begins a comment; all signs are as many, so that places hold. */
function asData(value: unknown): string {
  return visible(JSON.stringify(value)).replaceAll('<', '\\u003c');
}
