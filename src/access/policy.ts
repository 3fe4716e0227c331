/** What can be allowed apart from the others. `ask`: questions in any wording; `sql`: queries that the model writes. */
export const FEATURES = ['ask', 'sql', 'digest', 'watch', 'refresh', 'feedback'] as const;
export type Feature = (typeof FEATURES)[number];

/** These essentials (Lenz names), and of SENTRY these features; `*` is all of them. */
export interface Grant {
  essentials: '*' | readonly string[];
  features: '*' | readonly Feature[];
}

/** So many questions may come at once; after that as many in so many minutes. */
export interface Limit {
  questions: number;
  minutes: number;
}

/** Who may ask what, where, as `access` of `sentry.yml` says it. Keys are Slack's ids; `*` is who or what is not named. */
export interface Policy {
  /** Whom a denial names. Plain text; null where nobody said. */
  contact: string | null;
  channels: Readonly<Record<string, Grant>>;
  users: Readonly<Record<string, Grant>>;
  groups: Readonly<Record<string, Grant>>;
  limits: { person: Limit; channel: Limit };
}

export const EVERYTHING: Grant = { essentials: '*', features: '*' };

/** What holds where nothing is configured: members of the workspace, in channels of the workspace, everything. */
export const DEFAULT_POLICY: Policy = {
  contact: null,
  channels: {},
  users: {},
  groups: {},
  limits: { person: { questions: 20, minutes: 5 }, channel: { questions: 60, minutes: 5 } },
};
