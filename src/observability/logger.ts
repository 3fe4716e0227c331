import pino from 'pino';
import { createRedactor } from './redact.ts';

export type Logger = pino.Logger;

interface LoggerOptions {
  /** In any case: `INFO` is `info`. */
  level: string;
  /** Values to strike out wherever they turn up, beside everything that looks like a secret. */
  secrets?: readonly string[];
  /** Where lines go; standard error by default, since standard output belongs to answers. */
  destination?: { write(line: string): unknown };
}

/** One JSON object a line, with secrets struck out of the finished line: whatever way they came in. */
export function createLogger({ level, secrets = [], destination }: LoggerOptions): Logger {
  const redact = createRedactor(secrets);
  const out = destination ?? pino.destination({ dest: 2, sync: true });
  return pino(
    {
      level: level.toLowerCase(),
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => out.write(redact(line)) },
  );
}
