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
 * `npm run bench -- engine [rounds]`: one process answers why, since when and until when about an essential of 40 datasets
 * with 12 slices and 60 business dates of history, over embedded SQLite. Times are processor time of this thread; the same
 * run also measures something that never changes, a JSON round trip of the rows, to compare machines by.
 */
const [MOST_MS, MOST_STATEMENTS] = [60, 8];
/** Rounds before code is compiled and caches are warm. */
const WARM_UP = 5;

export async function benchEngine(rounds: number): Promise<boolean> {
  const good = [];
  for (const night of ['broken', 'slow'] as const) good.push(await benchNight(night, rounds));
  return good.every(Boolean);
}

async function benchNight(night: 'broken' | 'slow', rounds: number): Promise<boolean> {
  const databases = connectSqlite();
  const tables = largeTables(night);
  loadSqlite(databases.sqlite, tables);
  databases.makeReadOnly();
  const measured: Measured[] = [];
  const baseline: number[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const one = await measure(databases);
    const begun = cpuMs();
    JSON.parse(JSON.stringify(tables.WORKFLOW_RUN_INSTANCE));
    if (round < 0) continue;
    baseline.push(cpuMs() - begun);
    measured.push(one);
  }
  await databases.close();

  const of = (value: (one: Measured) => number) => middle(measured.map(value));
  const [own, reading, json] = [of((one) => one.ownMs), of((one) => one.readingMs), middle(baseline)];
  const statements = Math.max(...measured.map((one) => one.statements));
  const parts = Object.keys(measured[0]?.parts ?? {}).map(
    (part) => `${part} ${of((one) => one.parts[part] ?? 0).toFixed(1)}`,
  );
  console.log(
    `a ${night} night: ${measured[0]?.rows} rows in ${statements} statements, read in ${reading.toFixed(0)} ms`,
  );
  console.log(`  own time ${own.toFixed(1)} ms, median of ${rounds} (${parts.join(', ')})`);
  console.log(
    `  ${(own / reading).toFixed(2)} of the reading; ${(own / json).toFixed(2)} of a JSON round trip of the rows (${json.toFixed(0)} ms)`,
  );
  return own < MOST_MS && statements <= MOST_STATEMENTS;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
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
