import { describe, expect, test } from 'vitest';

import { knownField } from '../../src/mapping/ecs.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import { shippedEcs, shippedTables, shippedTypes } from '../../src/mapping/shipped.ts';

const mapping = compileMapping(shippedTables(), shippedTypes());

describe('what is known of a field', () => {
  test.each([
    ['process.name', 'keyword', true],
    ['process.parent.pid', 'long', true],
    ['@timestamp', 'date', true],
    ['message', 'match_only_text', true],
    ['dns.answers', 'object', true],
    ['data_stream.dataset', 'constant_keyword', true],
    ['powershell.file.script_block_text', 'text', false],
    ['winlog.channel', 'keyword', false],
    ['winlog.event_data.Anything', 'keyword', false],
    ['process.nam', 'unknown', false],
    ['constructor', 'unknown', false],
    ['*', 'unknown', false],
    ['', 'unknown', false],
  ])('%s', (name, type, ecs) => {
    expect(knownField(name, mapping)).toEqual({ type, ecs });
  });

  test('every name of ECS stands in its table once', () => {
    const { names, objects } = shippedEcs();
    const whole = names.flatMap(({ under = [''], are }) =>
      under.flatMap((one) => are.map((name) => (one === '' ? name : `${one}.${name}`))),
    );
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole).toHaveLength(2732);
    expect(objects.filter((name) => !whole.includes(name) || mapping.types.has(name))).toEqual([]);
  });
});
