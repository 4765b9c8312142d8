import type { Report } from '../../diagnostic/diagnostic.ts';
import { type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import { Claim } from '../claim.ts';
import { sameData, type Word } from './word.ts';

/**
 * A claim on a map, word by word. Where what was understood would be spelled otherwise by this program, the
 * spelling is carried, so that it can be written again.
 */
export class Saying {
  readonly #claim: Claim;
  readonly #map: JsonObject;
  readonly #spellings: [string, Json][] = [];

  constructor(map: JsonObject, path: string, report: Report) {
    this.#map = map;
    this.#claim = new Claim(map, path, report);
  }

  /** `exact` is what is carried of it, which counts if the document still says the same, if more roughly. */
  says<T>(key: string, word: Word<T>, exact?: T): T | undefined {
    const said = this.#claim.take(key, word.read, word.wanted);
    if (said === undefined) return undefined;
    const again = exact === undefined ? undefined : word.write(exact);
    const value = again !== undefined && sameData(word.read(again), said) ? exact : said;
    this.#keepSpelling(key, value === undefined ? undefined : word.write(value));
    return value;
  }

  #keepSpelling(key: string, own: Json | undefined): void {
    const spelling = this.#map[key];
    if (spelling !== undefined && !sameJson(own, spelling)) this.#spellings.push([key, spelling]);
  }

  /** Takes a field out that is read elsewhere. */
  leave(key: string): Json | undefined {
    return this.#claim.take(key, (value) => value, '');
  }

  /** Carries what is left of a field that was taken out. */
  keep(key: string, rest: JsonObject): void {
    if (Object.keys(rest).length > 0) this.#spellings.push([key, rest]);
  }

  rest(): JsonObject {
    return objectOf([...this.#spellings, ...Object.entries(this.#claim.rest())]);
  }
}
