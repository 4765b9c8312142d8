import { elastic } from './elastic/index.ts';
import type { Format } from './format.ts';
import { kibana } from './kibana/index.ts';
import { native } from './native/index.ts';
import { sigma } from './sigma/index.ts';

/** Every format, in the order in which a text is shown to them. */
export const formats: readonly Format[] = [elastic, sigma, kibana, native];

export function formatOf(id: string): Format | undefined {
  return formats.find((format) => format.id === id);
}

/** The format of a text, by what it says; names of files are not asked. */
export function detectFormat(text: string): Format | undefined {
  const said = text.trimStart();
  return formats.find((format) => format.detect(said));
}
