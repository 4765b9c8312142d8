import { Failure } from '../../diagnostic/attempt.ts';

/** A field without which a document of its kind says nothing. `path` leads to it, or to where it should be. */
export function missing(path: string, what = ''): Failure {
  const wanted = what === '' ? path : `${path} ${what}`;
  return new Failure({
    code: 'schema/missing-field',
    path,
    message: `The document has no ${wanted}, and needs it; it was not read.`,
  });
}

export function wrong(path: string, wanted: string): Failure {
  return new Failure({
    code: 'parse/bad-value',
    path,
    message: `${path} should be ${wanted}; the document was not read.`,
  });
}
