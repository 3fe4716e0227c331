import type { Collection } from './collection.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

/** A state that is opened when it is first needed: what only asks a question takes no folder and no connection. */
export interface DeferredState extends State {
  /** Opens it now. Rejects with why it cannot be opened. */
  open(): Promise<void>;
}

/** `durable` and `where` are known beforehand: they follow from the settings. */
export function deferState(
  open: () => Promise<State>,
  { durable, where }: { durable: boolean; where: string },
): DeferredState {
  let opening: Promise<State> | null = null;
  const opened = () => {
    opening ??= open();
    return opening;
  };
  return {
    durable,
    describe: () => where,
    async open() {
      await opened();
    },
    collection: (name, schema) => deferCollection(async () => (await opened()).collection(name, schema)),
    journal: (name, schema, options) => deferJournal(async () => (await opened()).journal(name, schema, options)),
    claim: async (key, ttlMs) => (await opened()).claim(key, ttlMs),
    async close() {
      // What could not be opened has been said where it was opened.
      if (opening !== null) await opening.then((state) => state.close()).catch(() => undefined);
    },
  };
}

function deferCollection<T>(find: () => Promise<Collection<T>>): Collection<T> {
  const there = once(find);
  return {
    get: async (id) => (await there()).get(id),
    list: async () => (await there()).list(),
    put: async (id, value) => (await there()).put(id, value),
    add: async (id, value) => (await there()).add(id, value),
    change: async (id, change) => (await there()).change(id, change),
    remove: async (id) => (await there()).remove(id),
  };
}

/** The same journal each time: it remembers when it was last trimmed. */
function deferJournal<T>(find: () => Promise<Journal<T>>): Journal<T> {
  const there = once(find);
  return {
    append: async (at, line) => (await there()).append(at, line),
    read: async (range) => (await there()).read(range),
  };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  return () => {
    found ??= find();
    return found;
  };
}
