import type { Logger } from '../observability/logger.ts';
import type { State } from '../state/state.ts';
import { AuditLine, type QuestionLine } from './audit-line.ts';

const DAY_MS = 86_400_000;
/** A line may have as many characters as the state stores, less what storing it adds. */
const MAX_CHARACTERS = 60_000;

/** Who asked what and what was answered: one line each, kept for a while. */
export interface AuditTrail {
  /** Writes a line without making anybody wait. Never throws: a line that cannot be kept is said in the log. */
  record(line: AuditLine): void;
  /** From the newest back. */
  find(reference: string): Promise<{ at: number; line: QuestionLine } | null>;
  /** Oldest first; `from`: UTC milliseconds of real time. */
  read(from: number): Promise<{ at: number; line: AuditLine }[]>;
  /** Resolves when everything recorded is written. */
  settled(): Promise<void>;
}

interface AuditOptions {
  state: State;
  keepDays: number;
  /** Strikes secrets out of a text. */
  redact: (text: string) => string;
  logger: Pick<Logger, 'error'>;
  /** Real time: how long a line is kept does not follow a frozen clock. */
  now?: () => number;
}

export function openAuditTrail({ state, keepDays, redact, logger, now = Date.now }: AuditOptions): AuditTrail {
  const journal = state.journal('audit', AuditLine, { keepDays });
  let tail: Promise<unknown> = Promise.resolve();
  return {
    record(line) {
      tail = tail
        .then(() => journal.append(now(), bounded(AuditLine.parse(withoutSecrets(line, redact)))))
        .catch((err) =>
          logger.error(
            { err, reference: 'reference' in line ? line.reference : null },
            'A line of the audit trail was lost',
          ),
        );
    },
    async find(reference) {
      for (let day = 0; day <= keepDays; day += 1) {
        const to = now() - day * DAY_MS;
        for (const { at, line } of (await journal.read({ from: to - DAY_MS + 1, to })).toReversed())
          if (line.type === 'question' && line.reference === reference) return { at, line };
      }
      return null;
    },
    read: (from) => journal.read({ from }),
    async settled() {
      await tail;
    },
  };
}

/** Text by text: inside a line of JSON, a secret in a text that is JSON itself would be spelt twice over. */
function withoutSecrets<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(each, redact)])) as T;
}

/** Queries go first: which tools were used stays. */
function bounded(line: AuditLine): AuditLine {
  if (line.type !== 'question') return line;
  let kept = line;
  while (JSON.stringify(kept).length > MAX_CHARACTERS && kept.queries.length > 0) {
    const queries = kept.queries.slice(0, -1);
    kept = { ...kept, queries, queries_left_out: kept.queries_left_out + 1 };
  }
  return kept;
}
