import { z } from 'zod';

/** Everything in a line is bounded: questions and data come from anywhere. */
const text = (max: number) => z.string().transform((value) => cut(value, max));
const list = (items: number, each: number) => z.array(text(each)).transform((values) => values.slice(0, items));

const By = z.object({ user: text(40), channel: text(40), thread: text(40).nullable() });

/** What was answered, as far as it can be compared with another answer. */
export const Said = z.object({
  kind: text(40),
  essential: text(100).nullable(),
  business_date: text(10).nullable(),
  phase: text(10).nullable(),
  status: text(40).nullable(),
  verdict: text(1000),
  /** One line each: of a whole night the essentials, what failed, why, when it will end, what the data cannot show. */
  essentials: list(60, 200),
  failures: list(40, 300),
  causes: list(20, 400),
  end: text(200).nullable(),
  gaps: list(15, 300),
});
export type Said = z.infer<typeof Said>;

const QuestionLine = z.object({
  type: z.literal('question'),
  reference: text(40),
  by: By,
  question: text(2000),
  /** The clock that it was answered by: ISO 8601, UTC. */
  asked_at: text(30),
  /** What the thread had settled before, as JSON; null at the start of a conversation. */
  context: z.string().max(6000).nullable().catch(null),
  /** Earlier messages that a model could read; only their number is kept. */
  earlier_turns: z.number(),
  /** The essentials that might be seen; null for all. */
  open: list(200, 100).nullable(),
  /** What was done, as shown while it was. */
  steps: list(20, 200),
  queries: z
    .array(z.object({ tool: text(60), sql: text(1500), parameters: text(1500), rows: z.number(), ms: z.number() }))
    .transform((queries) => queries.slice(0, 20)),
  queries_left_out: z.number(),
  ms: z.number(),
  model: z.object({ calls: z.number(), input_tokens: z.number(), output_tokens: z.number() }),
  /** Null where no answer came about. */
  said: Said.nullable(),
  error: text(40).nullable(),
});
export type QuestionLine = z.infer<typeof QuestionLine>;

/** One line of the audit trail. */
export const AuditLine = z.discriminatedUnion('type', [
  QuestionLine,
  z.object({
    type: z.literal('turned_away'),
    by: By,
    feature: text(20),
    reason: text(30),
    question: text(2000).nullable(),
  }),
  z.object({
    type: z.literal('feedback'),
    reference: text(40),
    by: By,
    feedback: z.enum(['right', 'wrong']),
    /** The cause that the person chose, and what was written beside it. */
    cause: text(60).nullable(),
    words: text(1000),
  }),
]);
export type AuditLine = z.infer<typeof AuditLine>;

function cut(value: string, max: number): string {
  return value.length <= max ? value : `${value.slice(0, max - 1).toWellFormed()}…`;
}
