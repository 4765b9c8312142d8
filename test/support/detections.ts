import { type Document, isMap, parseAllDocuments } from 'yaml';

/** A detection of a file: its text with the lines' own indentation, and the node a reader has made of it. */
export interface DetectionText {
  readonly text: string;
  readonly parsed: { readonly node: unknown; readonly offset: number };
}

/** The detections of a rule file, one for each document that has one. */
export function detectionsOf(file: string): DetectionText[] {
  return documentsOf(file).flatMap((document) => {
    const node = isMap(document.contents) ? document.get('detection', true) : undefined;
    if (!isMap(node) || !node.range) return [];
    const start = file.lastIndexOf('\n', node.range[0]) + 1;
    return [{ text: file.slice(start, node.range[1]), parsed: { node, offset: start } }];
  });
}

function documentsOf(file: string): Document[] {
  const documents = parseAllDocuments(file, { schema: 'core', version: '1.2', uniqueKeys: false });
  return Array.isArray(documents) ? documents : [];
}
