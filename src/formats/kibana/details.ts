import type { JsonObject } from '../../rule/json.ts';

/** How many of each kind an export holds. */
export interface Counts {
  readonly rules: number;
  readonly lists: number;
  readonly listItems: number;
  readonly connectors: number;
}

/** The last line of an export, with the fifteen keys it has since 8.7, in their order. */
export function detailsOf({ rules, lists, listItems, connectors }: Counts): JsonObject {
  return {
    exported_count: rules + lists + listItems + connectors,
    exported_rules_count: rules,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: lists,
    exported_exception_list_item_count: listItems,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: connectors,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  };
}

/** The last line of an export of saved objects. */
export function savedDetailsOf(count: number): JsonObject {
  return {
    excludedObjects: [],
    excludedObjectsCount: 0,
    exportedCount: count,
    missingRefCount: 0,
    missingReferences: [],
  };
}
