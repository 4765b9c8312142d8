import { isList, type Json } from '../../rule/json.ts';

/** What Kibana keeps for itself among the tags of a rule. */
export function isInternal(tag: Json): boolean {
  return typeof tag === 'string' && (tag.startsWith('__internal_') || tag === 'auto_disabled_8.0');
}

export function withoutInternal(tags: Json): Json {
  return isList(tags) ? tags.filter((tag) => !isInternal(tag)) : tags;
}

/** The tags, with Kibana's own among them where they stood. */
export function amongInternal(tags: Json, before: Json | undefined): Json {
  if (!isList(tags) || !isList(before)) return tags;
  const open = [...tags];
  const kept = before.flatMap((tag) => (isInternal(tag) ? [tag] : open.splice(0, 1)));
  return [...kept, ...open];
}

const ruleId = '__internal_rule_id:';

/** Until 8.2 the id of a rule was among its tags, in the oldest there alone. */
export function ruleIdAmong(tags: Json | undefined): string | undefined {
  const tag = isList(tags)
    ? tags.find((tag) => typeof tag === 'string' && tag.startsWith(ruleId))
    : undefined;
  return typeof tag === 'string' ? tag.slice(ruleId.length) : undefined;
}
