/** Properties without those that were not said. */
export function present<T extends object>(properties: { readonly [K in keyof T]: T[K] | undefined }): T {
  const said: Partial<T> = {};
  for (const key in properties) if (properties[key] !== undefined) said[key] = properties[key];
  return said as T;
}
