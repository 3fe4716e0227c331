import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';

/** What this room needs of a logger; pino's fits. */
export interface SlackLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Bolt's own words in our log. Its debug lines carry whole payloads, which are nobody's business in a log. */
export function createBoltLog(log: SlackLog): BoltLogger {
  const said = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: (...parts) => log.info({ from: 'bolt' }, said(parts)),
    warn: (...parts) => log.warn({ from: 'bolt' }, said(parts)),
    error: (...parts) => log.error({ from: 'bolt' }, said(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
