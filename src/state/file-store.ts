import { appendFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SentryError } from '../errors.ts';
import { holdFolder } from './folder-lock.ts';
import type { StateStore, StoredLine } from './state-store.ts';

const DAY_MS = 86_400_000;
const CLAIMS = 'claims';

/**
 * Keeps records in one file a collection and journals in one file a day below `folder`, readable by its owner alone. A file is replaced as a whole
 * or not at all, so that a crash leaves the old or the new one; a line that a crash cut off is skipped. One process writes at a
 * time; `readOnly` looks on while another does.
 * @throws SentryError `CONFIG` when the folder cannot be written, or another process holds it.
 */
export async function openFileStore(
  folder: string,
  now: () => number = Date.now,
  { readOnly = false } = {},
): Promise<StateStore> {
  const release = readOnly ? async () => {} : await holdFolder(folder);
  const collections = new Map<string, Map<string, string>>();
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: what is read is not changed by somebody else before it is written. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = turn.then(task);
    turn = done.catch(() => undefined);
    return done;
  };
  const writing = <T>(task: () => Promise<T>): Promise<T> =>
    readOnly ? Promise.reject(new TypeError('This store was opened for reading.')) : inTurn(task);
  const fileOf = (collection: string) => join(folder, `${collection}.json`);
  const dayFile = (journal: string, at: number) => join(folder, journal, `${dayOf(at)}.jsonl`);

  async function recordsOf(collection: string): Promise<Map<string, string>> {
    const known = collections.get(collection);
    if (known !== undefined) return known;
    const records = new Map(Object.entries(await readRecords(fileOf(collection))));
    collections.set(collection, records);
    return records;
  }

  async function write(collection: string, records: ReadonlyMap<string, string>): Promise<void> {
    await replaceFile(fileOf(collection), JSON.stringify(Object.fromEntries(records)));
    collections.set(collection, new Map(records));
  }

  return {
    durable: true,
    describe: () => folder,
    read: (collection, id) => inTurn(async () => (await recordsOf(collection)).get(id) ?? null),
    list: (collection) =>
      inTurn(async () =>
        [...(await recordsOf(collection))].map(([id, text]) => ({ id, text })).sort((a, b) => (a.id < b.id ? -1 : 1)),
      ),
    replace: (collection, id, next, expected) =>
      writing(async () => {
        const records = new Map(await recordsOf(collection));
        if (expected !== undefined && (records.get(id) ?? null) !== expected) return false;
        if (next === null) records.delete(id);
        else records.set(id, next);
        await write(collection, records);
        return true;
      }),
    append: (journal, line) =>
      writing(async () => {
        await mkdir(join(folder, journal), { recursive: true, mode: 0o700 });
        // On a line of its own, whatever a crash left of the one before.
        await appendFile(dayFile(journal, line.at), `\n${JSON.stringify([line.at, line.text])}\n`, { mode: 0o600 });
      }),
    lines: (journal, from, to) =>
      inTurn(async () => {
        const days = (await daysOf(join(folder, journal))).filter(
          (day) => day >= dayOf(Math.max(from, 0)) && (to > 8e15 || day <= dayOf(to)),
        );
        const lines: StoredLine[] = [];
        for (const day of days)
          lines.push(...parseLines(await readFile(join(folder, journal, `${day}.jsonl`), 'utf8')));
        return lines.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
      }),
    trim: (journal, before) =>
      writing(async () => {
        const old = (await daysOf(join(folder, journal))).filter((day) => day < dayOf(Math.max(before, 0)));
        for (const day of old) await rm(join(folder, journal, `${day}.jsonl`), { force: true });
      }),
    claim: (key, ttlMs) =>
      writing(async () => {
        const claims = new Map([...(await recordsOf(CLAIMS))].filter(([, until]) => Number(until) > now()));
        if (claims.has(key)) return false;
        await write(CLAIMS, claims.set(key, String(now() + ttlMs)));
        return true;
      }),
    async close() {
      await turn;
      await release();
    },
  };
}

async function readRecords(path: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SentryError('CONFIG', 'A file in SENTRY_DATA_DIR cannot be read.', {
      remedy: `Mend or move ${path.split('/').at(-1)} in SENTRY_DATA_DIR; SENTRY does not go on without what it kept there.`,
      cause: error,
    });
  }
}

/** Written beside it, brought to the disk, then put in its place. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

async function daysOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .map((name) => /^(\d{4}-\d{2}-\d{2})\.jsonl$/.exec(name)?.[1])
    .filter((day) => day !== undefined)
    .sort();
}

function parseLines(text: string): StoredLine[] {
  return text.split('\n').flatMap((line): StoredLine[] => {
    try {
      const [at, stored] = JSON.parse(line) as [number, string];
      return typeof at === 'number' && typeof stored === 'string' ? [{ at, text: stored }] : [];
    } catch {
      return [];
    }
  });
}

function dayOf(at: number): string {
  return new Date(Math.floor(at / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
