import { ConfigError } from '../config/config-error.ts';
import { toSentryError } from '../errors.ts';
import { type HealthCheck, worstOf } from '../observability/health.ts';
import { renderHealth } from '../observability/render-health.ts';

interface Output {
  json: boolean;
  write(text: string): void;
}

/** Shows the checks; 1 when one of them failed, 0 otherwise: a warning is for people, not for scripts. */
export function showHealth(checks: readonly HealthCheck[], { json, write }: Output): number {
  const status = worstOf(checks);
  write(json ? `${JSON.stringify({ status, checks })}\n` : renderHealth(checks));
  return status === 'fail' ? 1 : 0;
}

/** A SENTRY that cannot even be put together: 2 for settings that are wrong, 1 for anything else. */
export function showFailedStart(error: unknown, output: Output): number {
  const { code, message, remedy } = toSentryError(error);
  const check: HealthCheck = { name: 'Settings', status: 'fail', facts: [code], problem: message, remedy, ms: 0 };
  showHealth([check], output);
  return error instanceof ConfigError ? 2 : 1;
}
