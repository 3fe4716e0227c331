/** An object inside a message or a view, with where it stands. */
export interface Found {
  at: string;
  object: Readonly<Record<string, unknown>>;
}

/** Every object of a message or a view, from the outside to the inside. */
export function objectsIn(value: unknown, at = ''): Found[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => objectsIn(one, `${at}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  return [{ at, object }, ...Object.entries(object).flatMap(([key, one]) => objectsIn(one, `${at}/${key}`))];
}

export const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 0;
