/**
 * What a pipeline may ask for and is refused, by name: whatever runs code, reads files or reaches a network, and text
 * of a query language that nobody can check.
 */
const dangers: ReadonlyMap<string, string> = new Map([
  ['command_placeholders', 'runs a command'],
  ['http_placeholders', 'reaches a network'],
  ['file_placeholders', 'reads a file'],
  ['field_name_transform', 'is a function of Python'],
  ['query_expression_placeholders', 'is text of one query language, which can not be checked'],
  ['template', 'is a template of Jinja, which runs code'],
]);

/** Why a kind of transformation, postprocessing or finalizer is refused, as a clause. */
export function dangerOf(type: string): string | undefined {
  return dangers.get(type);
}

/** What dresses the text of queries, with what it may be given. Rules are written here, and so it is left out. */
export const dressings = {
  postprocessing: new Map([
    ['embed', ['prefix', 'suffix']],
    ['simple_template', ['template']],
    ['json', ['json_template']],
    ['replace', ['pattern', 'replacement']],
    ['nest', ['items']],
  ]),
  finalizers: new Map([
    ['concat', ['separator', 'prefix', 'suffix']],
    ['json', ['indent']],
    ['yaml', ['indent']],
    ['nested', ['finalizers']],
  ]),
} as const satisfies Record<string, ReadonlyMap<string, readonly string[]>>;
