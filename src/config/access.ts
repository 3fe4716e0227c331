import { z } from 'zod';

const FEATURES = ['ask', 'sql', 'digest', 'watch', 'refresh', 'feedback'] as const;
interface Grant {
  essentials: '*' | string[];
  features: '*' | (typeof FEATURES)[number][];
}

const MAX_ENTRIES = 1000;

/** All of them (`"*"`, also by leaving it out), or those listed; an empty list is none. */
function allOr<Item extends z.ZodType>(item: Item, what: string) {
  return z.union([z.literal('*'), z.array(item).max(200)], { error: `must be "*" or a list of ${what}` }).default('*');
}

const Grant = z.strictObject({
  essentials: allOr(z.string().trim().min(1).max(100), 'Lenz names'),
  features: allOr(z.enum(FEATURES), FEATURES.join(', ')),
});

function grants(pattern: RegExp, what: string) {
  return z
    .record(z.string(), Grant)
    .default({})
    .superRefine((entries, context) => {
      const keys = Object.keys(entries);
      if (keys.length > MAX_ENTRIES) context.addIssue({ code: 'custom', message: `at most ${MAX_ENTRIES} entries` });
      if (!keys.every((key) => pattern.test(key)))
        context.addIssue({ code: 'custom', message: `every key must be ${what}` });
    });
}

const limit = (questions: number) =>
  z
    .strictObject({
      questions: z.number().int().min(1).max(10_000).default(questions),
      minutes: z
        .number()
        .positive()
        .max(24 * 60)
        .default(5),
    })
    .prefault({});

/** `access` of `sentry.yml`: who may ask what, where, and how often. */
export const Access = z.strictObject({
  contact: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}]+$/u, 'must be one line')
    .nullable()
    .default(null),
  channels: grants(/^(\*|[CG][A-Z0-9]{2,20})$/, 'a channel\'s id such as C0123ABCD (not its name), or "*"'),
  users: grants(/^(\*|[UWB][A-Z0-9]{2,20})$/, 'a person\'s id such as U0123ABCD, a bot\'s, or "*"'),
  groups: grants(/^S[A-Z0-9]{2,20}$/, "a user group's id such as S0123ABCD"),
  limits: z.strictObject({ person: limit(20), channel: limit(60) }).prefault({}),
});

export interface AccessSettings {
  contact: string | null;
  channels: Record<string, Grant>;
  users: Record<string, Grant>;
  groups: Record<string, Grant>;
  limits: Record<'person' | 'channel', { questions: number; minutes: number }>;
}

/** `audit` of `sentry.yml`. */
export const Audit = z.strictObject({
  /** Days for which questions and their answers are kept. */
  retention_days: z.number().int().min(1).max(3650).default(90),
});
