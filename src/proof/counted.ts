import { satisfies } from '../query/bound.ts';
import { numbersAt, wholesNear } from './bounds.ts';
import { type Figure, figure, mostEvents, nameOf, nothing, type Values } from './figure.ts';
import { type Measured, type Plan, repeated } from './plan.ts';

/** How many counts, and lists of numbers, are tried of each measure. */
const mostMeasures = 12;

/** Outlines of groups whose measure is what is asked for, and would not be what another asks for. */
export function measuredBy(plan: Measured, other: Plan): readonly Figure[] {
  const { slot, asked, keep, least, within } = plan;
  const bounds = other.kind === 'measured' ? [keep, other.keep] : [keep];
  const events = other.kind === 'ordered' ? [other.slots.length - 1, other.slots.length] : [];
  const wholes = [...wholesNear(bounds), ...events].filter(
    (count) => count >= 0 && count <= mostEvents && satisfies(count, keep),
  );
  const counts = [...new Set(wholes)].sort((a, b) => a - b).slice(0, mostMeasures);
  const most = other.kind === 'measured' ? Math.max(least, other.least) : least;
  if (least > mostEvents) return [];
  const of = (values: readonly Values[], count: number) => figure(repeated(slot, count), within, values);
  switch (asked.measure) {
    case 'count':
      return counts.filter((count) => count >= Math.max(1, least)).map((count) => of([], count));
    case 'count-distinct': {
      const fields = [asked.field ?? '', ...(asked.also ?? [])];
      return counts.flatMap((count) => {
        const values = [...new Array(count).keys()].map((at) => told(fields, at));
        const sizes = [...new Set([least, Math.min(most, mostEvents)])].map((size) =>
          Math.max(1, count, size),
        );
        // One event may have them all.
        const together =
          count > 1 && fields.length === 1 ? [of([inOne(fields[0]!, count)], Math.max(1, least))] : [];
        // The first may have a value that is asked of it.
        const given = [values, values.map((one, at) => (at === 0 ? nothing : one))];
        const padded = (some: readonly Values[], size: number) => [
          ...some,
          ...repeatedLast(some, size - count),
        ];
        return [...given.flatMap((some) => sizes.map((size) => of(padded(some, size), size))), ...together];
      });
    }
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'percentile': {
      const field = asked.field ?? '';
      const lists = numbersAt(bounds).flatMap((one) => [
        [one],
        [one, one],
        [one / 2, one / 2],
        [0, one],
        [one, one * 2 + 1],
        [one, one - 1],
        [-one, one],
      ]);
      const sizes = lists.filter((list) => list.length >= least);
      return sizes.map((list) =>
        of(
          list.map((number) => new Map([[field, number]])),
          list.length,
        ),
      );
    }
    default:
      return asked.measure satisfies never;
  }
}

/** Values that are told apart; the last of several fields alone need be another. */
export function told(fields: readonly string[], at: number): Values {
  return new Map(
    fields.map((field, index) => [field, `${nameOf(field)}-${index === fields.length - 1 ? at + 1 : 1}`]),
  );
}

function inOne(field: string, count: number): Values {
  return new Map([[field, [...new Array(count).keys()].map((at) => `${nameOf(field)}-${at + 1}`)]]);
}

function repeatedLast(values: readonly Values[], count: number): readonly Values[] {
  return values.length === 0 || count <= 0 ? [] : new Array<Values>(count).fill(values.at(-1)!);
}
