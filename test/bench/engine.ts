import type { Desk } from '../../src/batch/inquiry/desk.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { investigate } from '../../src/batch/inquiry/investigate.ts';
import { diagnose } from '../../src/batch/rca/engine.ts';
import { estimateEnd } from '../../src/batch/timing/estimate.ts';
import { latenessOf } from '../../src/batch/timing/lateness.ts';
import { connectSqlite } from '../../src/db/connect-sqlite.ts';
import { openRunSource } from '../../src/db/run-source.ts';
import { openTaskSource } from '../../src/db/task-source.ts';
import { loadSqlite } from '../../src/playground/world/load-sqlite.ts';
import { BUSINESS_DATE, DEFINITIONS, largeTables, NOW } from './large-essential.ts';

/**
 * `npm run bench -- engine [number]`: one process answers why, since when and until when about an essential of 40 datasets
 * with 12 slices and 60 business dates of history, over embedded SQLite. Fails beyond 60 ms of own time or 8 statements.
 */
const [MOST_MS, MOST_STATEMENTS] = [60, 8];

export async function benchEngine(rounds: number): Promise<boolean> {
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, largeTables());
  databases.makeReadOnly();
  const measured: Measured[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const one = await measure(databases);
    if (round >= 0) measured.push(one);
  }
  await databases.close();

  const middle = (of: (one: Measured) => number) =>
    measured.map(of).sort((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN;
  const [own, reading] = [middle((one) => one.ownMs), middle((one) => one.readingMs)];
  const statements = Math.max(...measured.map((one) => one.statements));
  console.log(`${measured[0]?.rows} rows in ${statements} statements, read in ${reading.toFixed(0)} ms`);
  console.log(
    `own time ${own.toFixed(1)} ms (median of ${rounds}), ${(own / reading).toFixed(2)} of the reading; of it ${Object.keys(
      measured[0]?.parts ?? {},
    )
      .map((part) => `${part} ${middle((one) => one.parts[part] ?? 0).toFixed(1)}`)
      .join(', ')}`,
  );
  return own < MOST_MS && statements <= MOST_STATEMENTS;
}

interface Measured {
  statements: number;
  rows: number;
  /** Processor time while a source was being read, rows made of records included. */
  readingMs: number;
  /** The rest: placement, states, rules, lateness, estimate. */
  ownMs: number;
  parts: Record<string, number>;
}

async function measure(databases: ReturnType<typeof connectSqlite>): Promise<Measured> {
  let [statements, rows] = [0, 0];
  const record = (query: { rows: number }) => {
    statements += 1;
    rows += query.rows;
  };
  const scope = { record, signal: new AbortController().signal, queryTimeoutS: 10 };
  const clock = stopwatch();
  const desk: Desk = {
    ...NO_HOUSE_RULES,
    clock: { now: () => NOW, frozen: true },
    zone: 'America/New_York',
    sources: {
      runs: clock.timed(openRunSource(databases, scope)),
      tasks: clock.timed(openTaskSource(databases, scope)),
      definitions: {
        names: () => DEFINITIONS.map(({ name }) => name),
        get: async () => DEFINITIONS[0] as (typeof DEFINITIONS)[number],
        all: async () => ({ definitions: [...DEFINITIONS], missing: [] }),
      },
    },
  };
  const date = { kind: 'date' as const, date: BUSINESS_DATE, said: BUSINESS_DATE, start: 0, end: 10 };
  const begun = cpuMs();
  const found = await investigate(desk, { essential: 'BENCH', date, phase: null });
  if (found.kind !== 'investigated') throw new Error(found.kind);
  const investigated = cpuMs();
  const diagnosis = diagnose(found.scene);
  const diagnosed = cpuMs();
  latenessOf(found.scene);
  const explained = cpuMs();
  estimateEnd(found.scene);
  const ended = cpuMs();
  if (diagnosis.causes.length === 0) throw new Error('the causes that were planted were not found');
  return {
    statements,
    rows,
    readingMs: clock.ms(),
    ownMs: ended - begun - clock.ms(),
    parts: {
      scene: investigated - begun - clock.ms(),
      diagnosis: diagnosed - investigated,
      lateness: explained - diagnosed,
      estimate: ended - explained,
    },
  };
}

/** Processor time of this thread: what else runs on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Time during which at least one call to a source was under way. */
function stopwatch() {
  let [underWay, since, total] = [0, 0, 0];
  const call =
    (method: (query: never) => Promise<unknown>) =>
    async (query: never): Promise<unknown> => {
      if (underWay === 0) since = cpuMs();
      underWay += 1;
      try {
        return await method(query);
      } finally {
        underWay -= 1;
        if (underWay === 0) total += cpuMs() - since;
      }
    };
  const timed = <Source extends object>(source: Source): Source =>
    Object.fromEntries(Object.entries(source).map(([name, method]) => [name, call(method)])) as Source;
  return { timed, ms: () => total };
}

if (import.meta.main) {
  process.exitCode = (await benchEngine(Number(process.argv[2] ?? 15))) ? 0 : 1;
}
