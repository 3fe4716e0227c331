import { type AuditTrail, openAuditTrail } from '../access/audit-trail.ts';
import type { Config } from '../config/config.ts';
import { SentryError } from '../errors.ts';
import { createLogger } from '../observability/logger.ts';
import { openState } from '../state/open-state.ts';
import { REDIS_PREFIX } from './connections.ts';

/**
 * The audit trail of a SENTRY that may be running elsewhere, for reading.
 * @throws SentryError `CONFIG` where nothing outlives the process.
 */
export async function openKeptTrail(config: Config): Promise<{ trail: AuditTrail; close(): Promise<void> }> {
  if (config.redisUrl === null && config.dataDir === null) {
    throw new SentryError('CONFIG', 'No question is kept for later.', {
      remedy: 'Set REDIS_URL or SENTRY_DATA_DIR: without either, the audit trail ends with the process.',
    });
  }
  const logger = createLogger({ level: 'error', secrets: config.secrets });
  const { redisUrl, dataDir } = config;
  const state = await openState({ redisUrl, dataDir, prefix: REDIS_PREFIX, logger, readOnly: true });
  const keepDays = config.file.audit.retentionDays;
  return { trail: openAuditTrail({ state, keepDays, redact: (text) => text, logger }), close: () => state.close() };
}
