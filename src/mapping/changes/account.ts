import { and, or } from '../../query/build.ts';
import { isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import { beginning, ending, equals, middle, type Renamed, type Target, type ValueChange } from './change.ts';

/** `User: DOMAIN\name` ↔ `user.domain: DOMAIN` and `user.name: name`. */
export const account: ValueChange<'account'> = {
  toEcs(value, to, change) {
    if (!isPattern(value)) return undefined;
    const domain = { ...to, field: change.domain };
    const whole = plainText(value);
    if (whole !== undefined) return ofWhole(whole, to, domain);
    return ofPart(value, to, domain);
  },

  toSigma(value, to, change) {
    if (!isPattern(value)) return undefined;
    const isDomain = to.from === change.domain;
    const test = isDomain ? pattern([...value, '\\', many]) : pattern([many, '\\', ...value]);
    return { test: equals(to, test) };
  },
};

function ofWhole(text: string, name: Target, domain: Target): Renamed | undefined {
  const [before, after, more] = text.split('\\');
  if (after === undefined) return { test: equals(name, [text]), effect: 'broader' };
  if (more !== undefined) return undefined;
  return { test: and([equals(domain, [before!]), equals(name, [after])]) };
}

/** Text without a backslash stands on one side of it, and so in one of the two fields. */
function ofPart(value: Parameters<typeof ending>[0], name: Target, domain: Target): Renamed | undefined {
  const [end, begin, inside] = [ending(value), beginning(value), middle(value)];
  if (end !== undefined) {
    if (!end.includes('\\')) return { test: equals(name, value) };
    return end.lastIndexOf('\\') === 0 ? { test: equals(name, [end.slice(1)]) } : undefined;
  }
  if (begin !== undefined) {
    if (!begin.includes('\\')) return { test: equals(domain, value) };
    return begin.indexOf('\\') === begin.length - 1
      ? { test: equals(domain, [begin.slice(0, -1)]) }
      : undefined;
  }
  if (inside === undefined || inside.includes('\\')) return undefined;
  return { test: or([equals(domain, value), equals(name, value)]) };
}
