import { describe, expect, test } from 'vitest';

import { digest, portableHash, uuid5 } from '../src/source/digest.ts';
import { edit } from '../src/source/edit.ts';
import { frame } from '../src/source/frame.ts';
import { offsetAt, positionAt, positions } from '../src/source/source.ts';
import { everyString } from './support/laws.ts';

describe('places', () => {
  test('an offset has one line and column, whichever way it is asked, and they lead back', () => {
    for (const text of everyString('a\n\r', 5)) {
      const place = positions(text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const at = positionAt(text, offset);
        expect(place(offset), JSON.stringify([text, offset])).toEqual(at);
        expect(offsetAt(text, at), JSON.stringify([text, offset])).toBe(offset);
      }
    }
  });

  test('a place beyond the text is its end', () => {
    expect(positionAt('ab\nc', 99)).toEqual({ line: 2, column: 2 });
    expect(positions('ab\nc')(99)).toEqual({ line: 2, column: 2 });
  });

  test('a frame shows the line with its place marked', () => {
    expect(frame('a\nbcd = 1\n', { start: 2, end: 5 })).toBe('2 | bcd = 1\n  | ^^^');
  });

  test('a long line is shown from a little before the place', () => {
    const shown = frame(`${'x'.repeat(5000)}!${'y'.repeat(5000)}`, { start: 5000, end: 5001 });
    expect(shown.split('\n').every((line) => line.length < 120)).toBe(true);
    expect(shown).toContain('!');
  });
});

describe('edits', () => {
  test('change their spans and no other byte', () => {
    expect(
      edit('abcdef', [
        { start: 4, end: 5, replacement: 'X' },
        { start: 1, end: 3, replacement: '' },
      ]),
    ).toBe('adXf');
  });

  test('that overlap are a fault', () => {
    expect(() =>
      edit('abc', [
        { start: 0, end: 2, replacement: '' },
        { start: 1, end: 3, replacement: '' },
      ]),
    ).toThrow('overlap');
  });
});

describe('digests', () => {
  test('an id from a name is the one of RFC 9562', () => {
    // The example of appendix A.4: www.example.com in the namespace of host names.
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  test('are short, and the same for the same text', () => {
    expect(digest('abc')).toBe('ba7816bf8f01cfea');
    expect(digest('')).toBe('e3b0c44298fc1c14');
  });

  test.each(['', 'abc', 'é€😀', 'half a \ud800 character', 'x'.repeat(1000)])(
    'are the same without what Node has built in: %s',
    (text) => {
      expect(portableHash(text).slice(0, 16)).toBe(digest(text));
    },
  );
});
