import { createLogger, type Logger } from '../../src/observability/logger.ts';

/** A real logger that keeps its lines. */
export function logLines(): { lines: string[]; logger: Logger } {
  const lines: string[] = [];
  return { lines, logger: createLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } }) };
}
