/**
 * When the events of a stream happen that takes no longer than a time, so that it may take another one longer than it has: close
 * together, or as far apart as may be, with all of the time between two of them, or spread out.
 */
export function timesOf(count: number, within: number, other: number): readonly (readonly number[])[] {
  const step = Number.isFinite(within) ? Math.min(1000, Math.floor(within / Math.max(1, count))) : 1000;
  const places = [...new Array(count).keys()];
  const close = places.map((at) => at * step);
  if (count < 2 || other === within) return [close];
  // What comes too late for the one may be in time for the other.
  if (other > within) return Number.isFinite(other) ? [close, lateLast(places, within, other)] : [close];
  const length = Number.isFinite(within) ? within : other * 2 + 1000;
  const spread = places.map((at) => Math.floor((at * length) / (count - 1)));
  const gaps = count <= 6 ? places.slice(1) : [1, count >> 1, count - 1];
  const far = gaps.map((gap) => places.map((at) => (at < gap ? 0 : length)));
  return [close, spread, ...far];
}

function lateLast(places: readonly number[], within: number, other: number): readonly number[] {
  const late = Math.ceil((within + other) / 2);
  return places.map((at) => (at === places.length - 1 ? late : 0));
}
