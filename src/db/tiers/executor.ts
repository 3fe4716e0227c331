import { createQueryId, type Kysely, type OperationNodeSource } from 'kysely';
import type { QueryRecord } from '../../batch/ports.ts';
import { SentryError, UpstreamError } from '../../errors.ts';
import { rdsError, timedOut } from '../rds-error.ts';
import { checkQuery } from './check-query.ts';
import type { Policy } from './policy.ts';

/** What queries of one question share: its evidence, its signal, its limits. */
export interface QueryScope {
  record: (query: QueryRecord) => void;
  signal: AbortSignal;
  /** Seconds a statement may take, once a connection is free for it. */
  queryTimeoutS: number;
  /** Rows of a tier 1 read, at most the policy's 50,000; a smaller one is for tests. */
  bound?: number;
}

/**
 * The only way to a database: checks the query's nodes against its tier's policy, compiles what was checked, runs it under
 * the deadline and the question's signal, and records it as evidence.
 *
 * @throws SentryError `POLICY_REFUSED`, `CANCELLED`; UpstreamError `RDS_*`, `RDS_TRUNCATED` when more rows came than the bound
 */
export async function execute<Row, Tables>(
  database: Pick<Kysely<Tables>, 'getExecutor' | 'connection'>,
  query: OperationNodeSource,
  run: { tool: string; policy: Policy; scope: QueryScope },
): Promise<Row[]> {
  const { tool, policy, scope } = run;
  const checked = checkQuery(query.toOperationNode(), policy);
  const compiled = database.getExecutor().compileQuery<Row>(checked, createQueryId());
  const deadline = new AbortController();
  const signal = AbortSignal.any([scope.signal, deadline.signal]);
  let timer: NodeJS.Timeout | undefined;
  let started = performance.now();
  let rows: Row[];
  try {
    const work = database.connection().execute((connection) => {
      // The wait for a free connection may have outlived the question.
      signal.throwIfAborted();
      timer = setTimeout(() => deadline.abort(), scope.queryTimeoutS * 1000);
      started = performance.now();
      return connection.executeQuery<Row>(compiled);
    });
    ({ rows } = await unlessAborted(work, signal));
  } catch (error) {
    if (scope.signal.aborted) {
      throw new SentryError('CANCELLED', 'The question was stopped before its data was read.', {
        remedy: 'Ask again.',
        cause: error,
      });
    }
    throw deadline.signal.aborted ? timedOut(error) : rdsError(error);
  } finally {
    clearTimeout(timer);
  }
  const ms = Math.round((performance.now() - started) * 10) / 10;
  scope.record({ tool, sql: compiled.sql, parameters: compiled.parameters, rows: rows.length, ms });
  refuseTruncated(rows.length, policy);
  return rows;
}

/** A status computed from some of the rows is a wrong status. */
export function refuseTruncated(rows: number, policy: Policy): void {
  if (rows <= policy.bound) return;
  throw new UpstreamError(
    'rds',
    'RDS_TRUNCATED',
    `There are more than ${policy.bound} rows to read for this question.`,
    {
      remedy: 'Ask about one batch, or about fewer dates at once.',
    },
  );
}

/**
 * What work gives, or the abort, whichever is first. An abandoned statement keeps its connection until the server or the pool
 * ends it. (Kysely's own handling of signals reports such late failures on the console.)
 */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
