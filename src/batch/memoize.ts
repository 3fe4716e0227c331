/** Computes each value once. */
export function memoize<K, V>(compute: (key: K) => V): (key: K) => V {
  return remembering(new Map<K, V>(), compute);
}

/** The same for objects: a value is forgotten with the object that it was computed from. */
export function memoizeWeakly<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  return remembering(new WeakMap<K, V>(), compute);
}

/** Computes one value, when it is first asked for. */
export function once<V>(compute: () => V): () => V {
  const known = memoize((_: null) => compute());
  return () => known(null);
}

/** What both kinds of map can do. */
interface Memory<K, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): unknown;
}

function remembering<K, V>(known: Memory<K, V>, compute: (key: K) => V): (key: K) => V {
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined || known.has(key)) return hit as V;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
