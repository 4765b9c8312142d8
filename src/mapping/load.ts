import { type Document, isMap, isScalar, parseDocument } from 'yaml';

import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { Pipeline } from './pipeline/pipeline.ts';
import { looksLikePipeline, readPipeline } from './pipeline/read.ts';
import { tableValidator } from './schema.ts';
import type { Table } from './table.ts';

/**
 * A mapping table of our own layout, or a processing pipeline of pySigma, from its text, YAML or JSON. Fails with every
 * place where it is not one.
 */
export function loadMapping(text: string): Outcome<Table | Pipeline> {
  return attempt((report) => {
    refuseDepth(text);
    const document = parseDocument(text, { prettyErrors: false, schema: 'core' });
    const failures = document.errors.map(
      ({ message, pos: [start, end] }) =>
        ({
          code: 'parse/unexpected',
          message: `This is not YAML: ${message}.`,
          span: { start, end },
        }) as const,
    );
    if (failures.length > 0) throw new Failure(failures);
    if (looksLikePipeline(keysOf(document.contents)))
      return need(readPipeline(text, { node: document.contents, offset: 0 }), report);
    return validated(plainOf(document));
  });
}

/** The library throws at aliases that stand for nothing, or for too much. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const code = error.message.startsWith('Excessive') ? 'parse/alias-bomb' : 'parse/unexpected';
    throw new Failure({ code, message: `This is not YAML: ${error.message.replace(/:.*/, '')}.` });
  }
}

function keysOf(contents: unknown): readonly string[] {
  return isMap(contents) ? contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) : [];
}

const deepest = 100;

/** A row of brackets or dashes nests the YAML reader with it, past what it can bear; no table needs one. */
function refuseDepth(text: string): void {
  const deep = /(?:(?:[[{]|[-?:] )\s*){101}/.exec(text);
  if (!deep) return;
  const message = `This is nested more than ${deepest} levels deep; the table was not loaded.`;
  throw new Failure({ code: 'parse/too-deep', message, span: { start: deep.index, end: deep.index + 1 } });
}

function validated(value: unknown): Table {
  const validate = tableValidator();
  if (validate(value)) return value;
  const found = validate.errors ?? [];
  throw new Failure(
    ...found.map((error) => {
      const path = error.instancePath.slice(1).replaceAll('/', '.');
      const extra = Object.values(error.params).filter((param) => typeof param === 'string');
      const message = `A mapping table ${error.message ?? 'is otherwise'}${extra.length > 0 ? ` (${extra.join(', ')})` : ''}; it was not loaded.`;
      return { code: 'mapping/bad-table', message, path } as const;
    }),
  );
}
