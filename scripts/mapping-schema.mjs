// Makes docs/schema/mapping.schema.json: the schema that tables are checked against, each property described as
// src/mapping/table.ts describes it. With --print, on standard output. The same sources, the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { tableSchema } from '../build/mapping/schema.js';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'src/mapping/table.ts'), 'utf8');
const file = ts.createSourceFile('table.ts', text, ts.ScriptTarget.Latest, true);
const types = new Map(
  file.statements
    .filter((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
    .map((one) => [one.name.text, one]),
);

/** The comment right before a place, as one line. */
function commentBefore(start, end) {
  const found = [...text.slice(start, end).matchAll(/\/\*\*([\s\S]*?)\*\//g)].at(-1);
  return found?.[1].replace(/\s*\n\s*\*\s?/g, ' ').trim();
}

const commentOf = (node) => commentBefore(node.getFullStart(), node.getStart(file));

/** The type that a property has, without what stands around it. */
function bare(type) {
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return bare(type.type);
  return type;
}

const isList = (type) => ts.isArrayTypeNode(type);
const declared = (type) =>
  ts.isTypeReferenceNode(type) ? types.get(type.typeName.getText(file)) : undefined;

function membersOf(type) {
  if (ts.isTypeLiteralNode(type)) return type.members;
  const declaration = declared(type);
  return declaration && ts.isInterfaceDeclaration(declaration) ? declaration.members : undefined;
}

/** A schema with what is said of a type and its properties. */
function described(schema, given, path) {
  const type = bare(given);
  if (isList(type)) return { ...schema, items: described(schema.items, type.elementType, path) };
  const declaration = declared(type);
  if (schema.oneOf && declaration)
    return { ...schema, oneOf: choices(schema.oneOf, bare(declaration.type), path) };
  const members = schema.properties && membersOf(type);
  if (!members) return schema;
  const named = new Map(members.filter(ts.isPropertySignature).map((one) => [one.name.getText(file), one]));
  const properties = Object.entries(schema.properties).map(([name, own]) => {
    const member = named.get(name);
    const description = member && commentOf(member);
    if (!description && !own.const) throw new Error(`src/mapping/table.ts says nothing of ${path}.${name}.`);
    return [
      name,
      {
        description: description ?? 'Which change it is.',
        ...described(own, member.type, `${path}.${name}`),
      },
    ];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** What is said of each kind stands before it. */
function choices(schemas, union, path) {
  let end = union.getFullStart();
  return schemas.map((schema, index) => {
    const type = union.types[index];
    const description = commentBefore(end, type.getStart(file));
    end = type.getEnd();
    return { description, ...described(schema, type, `${path}.${schema.properties.kind.const}`) };
  });
}

const table = types.get('Table');
const members = ts.factory.createTypeLiteralNode(table.members);
const { $schema, ...schema } = described(tableSchema, members, 'Table');
const out = `${JSON.stringify(
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: commentOf(table).replace(/ Data only;.*/, ''),
    ...schema,
  },
  undefined,
  2,
)}\n`;
if (process.argv.includes('--print')) {
  process.stdout.write(out);
} else {
  mkdirSync(join(root, 'docs/schema'), { recursive: true });
  writeFileSync(join(root, 'docs/schema/mapping.schema.json'), out);
}
