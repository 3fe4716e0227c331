import { z } from 'zod';

const asker = {
  channel: z.string(),
  user: z.string(),
  question: z.string(),
  /** What came along with the event about the person and the place. */
  hints: z.object({ team: z.string().optional(), shared: z.boolean().optional() }).optional(),
};

/** A question as it was put in Slack: all that it takes to answer it. */
const Put = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('in_thread'),
    ...asker,
    threadTs: z.string(),
    /** The message itself, where there is one: it is no earlier turn of its own conversation. */
    askedTs: z.string().nullable(),
    /** The thread is known to belong to SENTRY. */
    ours: z.boolean(),
  }),
  /** By a button or a shortcut: it is repeated in the thread before it is answered. */
  z.object({ form: z.literal('pressed'), ...asker, threadTs: z.string() }),
  /** By a command or a private button: it gets a thread of its own. */
  z.object({ form: z.literal('in_channel'), ...asker }),
]);

/** The address that came with a command or a press, where one did, is good for half an hour. */
export type Asked = z.infer<typeof Put> & { responseUrl?: string | undefined };
export type AskedInThread = Extract<Asked, { form: 'in_thread' }>;

/** What is kept of a question while it is answered; the address is kept apart from it. */
export function keptForm({ responseUrl: _, ...put }: Asked): object {
  return put;
}

/** Null for what was kept in a form that this release does not know. */
export function readKept(data: unknown, responseUrl: string | null): Asked | null {
  const put = Put.safeParse(data).data;
  if (put === undefined) return null;
  return responseUrl === null ? put : { ...put, responseUrl };
}
