import { DateTime } from 'luxon';
import { DAY, HOUR, MINUTE } from '../batch/instant.ts';
import type { Clock } from '../batch/ports.ts';
import { checkRedis } from '../cache/check-redis.ts';
import type { Config } from '../config/config.ts';
import { checkLenz } from '../lenz/check-lenz.ts';
import type { LenzClient } from '../lenz/client.ts';
import type { Definitions } from '../lenz/definitions.ts';
import { checkModel, type ModelCheck } from '../llm/check-model.ts';
import type { ModelOptions } from '../llm/create-model.ts';
import type { HealthFinding, HealthStatus } from '../observability/health.ts';

/** Certificates are renewed by people, and people need a while. */
const SOON_DAYS = 14;

type Trouble = { status: HealthStatus; problem: string; remedy: string };

/** The first that is worst: one thing to do at a time. */
export function findingOf(facts: string[], troubles: readonly (Trouble | null)[]): HealthFinding {
  const real = troubles.filter((trouble) => trouble !== null);
  const worst = real.find(({ status }) => status === 'fail') ?? real[0];
  return worst === undefined ? { status: 'ok', facts } : { ...worst, facts };
}

export function certificateTrouble(daysLeft: number | null, whose: string, renew: string): Trouble | null {
  if (daysLeft === null || daysLeft > SOON_DAYS) return null;
  const when =
    daysLeft < 0
      ? `expired ${spellDays(-daysLeft)} ago`
      : `expires ${daysLeft === 0 ? 'today' : `in ${spellDays(daysLeft)}`}`;
  return { status: daysLeft < 0 ? 'fail' : 'warn', problem: `The certificate of ${whose} ${when}.`, remedy: renew };
}

export function certificateFact(daysLeft: number | null): string[] {
  if (daysLeft === null) return [];
  return [`certificate ${daysLeft < 0 ? 'expired' : `good for ${spellDays(daysLeft)}`}`];
}

export async function lookAtLenz(client: LenzClient, definitions: Definitions, tls: boolean): Promise<HealthFinding> {
  const seen = await checkLenz({ client, definitions });
  const { atHand, watched, oldestAgeMs } = seen.definitions;
  const ways = { nothing: 'no sign-on asked', ntlm: 'NTLM', 'adfs-ntlm': 'NTLM at ADFS', 'adfs-form': 'ADFS form' };
  const age = oldestAgeMs === null ? '' : `, the oldest ${spellAge(oldestAgeMs)} old`;
  const facts = [
    seen.host,
    tls ? 'TLS' : 'no TLS',
    ...(seen.signedInBy === null ? [] : [`signed in by ${ways[seen.signedInBy]}`.replace('signed in by no', 'no')]),
    ...(atHand === 0 ? [] : [`${atHand} of ${watched} definitions at hand${age}`]),
    ...certificateFact(seen.certificateDays),
  ];
  return findingOf(facts, [
    seen.error && { status: 'fail', problem: `${seen.error.message} (${seen.error.code})`, remedy: seen.error.remedy },
    certificateTrouble(seen.certificateDays, 'Lenz', 'Tell whoever runs Lenz; SENTRY does not talk to it afterwards.'),
  ]);
}

export async function lookAtModel(options: ModelOptions, signal: AbortSignal): Promise<HealthFinding> {
  const seen = await checkModel(options, { signal });
  if (seen.kind === 'planner') return { status: 'ok', facts: ['offline planner: no model is configured'] };
  const { authentication, certificate, request } = seen;
  const facts = [
    `${seen.model} at ${seen.host}`,
    ...authenticationFacts(seen),
    ...certificateFact(certificate?.daysLeft ?? null),
    request.ok ? `answered in ${request.ms} ms` : `no answer after ${request.ms} ms`,
  ];
  const keyOnly: Trouble | null =
    authentication.kind === 'key-only' && authentication.remedy !== null
      ? { status: 'warn', problem: authentication.message, remedy: authentication.remedy }
      : null;
  return findingOf(facts, [
    request.ok ? null : { status: 'fail', problem: `${request.message} (${request.code})`, remedy: request.remedy },
    keyOnly,
    certificateTrouble(
      certificate?.daysLeft ?? null,
      'the service principal',
      'Have it renewed and replace the file at AZURE_PEM_PATH.',
    ),
  ]);
}

function authenticationFacts(seen: Exclude<ModelCheck, { kind: 'planner' }>): string[] {
  const { authentication, tokenMs } = seen;
  if (authentication.kind === 'key-only') return ['API key only'];
  const left = Math.max(0, authentication.tokenExpiresAt - Date.now());
  return ['bearer token and API key', `token in ${tokenMs} ms, good for ${spellAge(left)}`];
}

/** Redis that is away is no failure: the cache goes on in memory. */
export async function lookAtCache(
  redisUrl: string | null,
  options: { prefix: string; signal: AbortSignal },
): Promise<HealthFinding> {
  if (redisUrl === null) return { status: 'ok', facts: ['memory: REDIS_URL is not set'] };
  const { address, tls, failure } = await checkRedis(redisUrl, options);
  const facts = [`Redis at ${address}`, tls ? 'TLS' : 'no TLS'];
  if (failure === null) return { status: 'ok', facts: [...facts, 'takes writes'] };
  return {
    status: 'warn',
    facts: [...facts, 'caching in memory meanwhile'],
    problem: `Redis does not serve (${failure}).`,
    remedy: redisRemedy(failure, tls),
  };
}

function redisRemedy(failure: string, tls: boolean): string {
  if (/^(NOAUTH|WRONGPASS|NOPERM)$/.test(failure))
    return 'Check the user and password in REDIS_URL, and what the user may do.';
  if (/CERT|ALTNAME/.test(failure))
    return "Name the authority's PEM file in NODE_EXTRA_CA_CERTS before SENTRY starts, and dial the name that the certificate carries.";
  if (failure === 'READONLY') return 'REDIS_URL names a replica: name the primary.';
  const scheme = tls ? 'that it speaks TLS on this port (rediss://)' : 'that it speaks without TLS on this port';
  return `Check that Redis runs, ${scheme}, and that nothing in between blocks it.`;
}

export function lookAtClock(clock: Clock, zone: string, simulated: boolean): HealthFinding {
  const now = clock.now();
  const local = DateTime.fromMillis(now, { zone }).setLocale('en-GB');
  const facts = [
    DateTime.fromMillis(now, { zone: 'utc' }).toFormat("yyyy-MM-dd HH:mm 'UTC'"),
    `${local.toFormat('ccc HH:mm')} in ${zone}`,
    ...(simulated ? ['time of the simulated world'] : []),
  ];
  if (!clock.frozen) return { status: 'ok', facts };
  return {
    status: 'warn',
    facts,
    problem: 'The clock stands still: answers are about that moment and say so.',
    remedy: 'Remove SENTRY_NOW.',
  };
}

/** What people ordered of SENTRY: digests, watches. */
export function lookAtState(
  { production }: Pick<Config, 'production'>,
  state: { durable: boolean; describe(): string },
): HealthFinding {
  if (state.durable) return { status: 'ok', facts: [state.describe(), 'outlives a restart'] };
  const facts = ['memory: neither REDIS_URL nor SENTRY_DATA_DIR is set'];
  if (!production) return { status: 'ok', facts };
  return {
    status: 'warn',
    facts,
    problem: 'Digests and watches are forgotten when SENTRY restarts.',
    remedy: 'Set REDIS_URL, or SENTRY_DATA_DIR where one process runs.',
  };
}

export function lookAtSettings(config: Pick<Config, 'production' | 'warnings' | 'logLevel' | 'file'>): HealthFinding {
  const facts = [
    config.production ? 'production' : 'not production',
    `log level ${config.logLevel}`,
    config.file.path === null ? 'no sentry.yml' : 'sentry.yml read',
  ];
  if (config.warnings.length === 0) return { status: 'ok', facts };
  const problem = config.warnings.join(' ');
  return { status: 'warn', facts, problem, remedy: 'docs/configuration.md describes every setting.' };
}

function spellDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

export function spellAge(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  return ms < DAY
    ? `${Math.floor(ms / HOUR)} h ${Math.round((ms % HOUR) / MINUTE)} min`
    : spellDays(Math.floor(ms / DAY));
}
