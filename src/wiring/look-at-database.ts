import { checkDatabase, type DatabaseCheck } from '../db/check-database.ts';
import type { MysqlOptions } from '../db/connect-mysql.ts';
import type { HealthFinding } from '../observability/health.ts';
import { certificateFact, certificateTrouble, findingOf, spellAge } from './checks.ts';

/** A token that ends sooner than this ends in the middle of the night's work. Milliseconds. */
const TOKEN_SOON = 30 * 60_000;

/** One of the two databases, as the doctor tells it. */
export async function lookAtDatabase(
  mysql: MysqlOptions,
  which: 'fgw' | 'airflow',
  signal: AbortSignal,
): Promise<HealthFinding> {
  return describeDatabase(await checkDatabase(mysql, which, { signal }), Date.now());
}

/** Pure, so that every state can be tested. `now`: UTC milliseconds, real time. */
export function describeDatabase(seen: DatabaseCheck, now: number): HealthFinding {
  const { tls, error, grantsBeyondSelect: beyond, tokenExpiresAt } = seen;
  const tokenLeft = tokenExpiresAt === null ? null : tokenExpiresAt - now;
  const facts = [
    `${seen.database} at ${seen.address}`,
    ...(seen.serverVersion === null ? [] : [seen.serverVersion]),
    ...(tls === null ? [] : [tls.verified ? 'TLS verified' : 'TLS not verified']),
    ...certificateFact(tls?.certificateDays ?? null),
    ...(seen.connectMs === null ? [] : [`connected in ${Math.round(seen.connectMs)} ms`]),
    ...(seen.latencyMs === null ? [] : [`a statement takes ${Math.round(seen.latencyMs)} ms`]),
    ...(seen.readOnly === true ? ['read-only session'] : []),
    ...(beyond?.length === 0 ? ['the account may only read'] : []),
    ...(tokenLeft === null ? [] : [`token ${tokenLeft > 0 ? `good for ${spellAge(tokenLeft)}` : 'expired'}`]),
  ];
  return findingOf(facts, [
    error && { status: 'fail', problem: `${error.message} (${error.code})`, remedy: error.remedy },
    seen.readOnly === false
      ? {
          status: 'fail',
          problem: 'The session takes writes, although SENTRY asked for a read-only one.',
          remedy: 'Stop SENTRY and have the account and the proxy in front of the database looked at.',
        }
      : null,
    tls?.verified === false
      ? {
          status: 'warn',
          problem: 'The certificate is not verified: anyone in between could pose as the database.',
          remedy: 'Fetch the RDS certificate bundle and set RDS_PEM_PATH.',
        }
      : null,
    certificateTrouble(
      tls?.certificateDays ?? null,
      'the database',
      'Have it renewed, and the bundle at RDS_PEM_PATH with it.',
    ),
    tokenLeft !== null && tokenLeft < TOKEN_SOON
      ? {
          status: 'warn',
          problem: tokenLeft > 0 ? `The token ends in ${spellAge(tokenLeft)}.` : 'The token has ended.',
          remedy: 'Make a new one now: docs/setup.md, "Connect the database".',
        }
      : null,
    beyond !== null && beyond.length > 0
      ? {
          status: 'warn',
          problem: `The account may do more than read: ${beyond.slice(0, 8).join(', ')}. SENTRY's sessions are read-only all the same.`,
          remedy: 'Ask for a user with SELECT alone.',
        }
      : null,
  ]);
}
