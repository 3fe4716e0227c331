import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { Access, type AccessSettings, Audit } from './access.ts';
import { type Owner, Owners, type Runbook, Runbooks } from './advice.ts';
import { type Deadline, Deadlines } from './deadlines.ts';
import { type DeclaredDigest, Digests } from './digests.ts';

const Schema = z
  .strictObject({
    /** Further names that people use, each with the Lenz name it stands for. */
    names: z.record(z.string().trim().min(1).max(60), z.string().trim().min(1).max(100)).default({}),
    thresholds: z
      .strictObject({
        /** Minutes without a heartbeat after which a RUNNING run is called stuck. */
        stuck_minutes: z
          .number()
          .positive()
          .max(24 * 60)
          .default(30),
        /** Minutes in a queue below which no task counts as delayed. */
        queue_minutes: z
          .number()
          .positive()
          .max(24 * 60)
          .default(5),
        /** How many times its usual duration a task must take, at least, to be called slow. */
        slow_factor: z.number().min(1.1).max(100).default(1.75),
      })
      .prefault({}),
    deadlines: Deadlines.prefault({}),
    owners: Owners.default([]),
    runbooks: Runbooks.default([]),
    digests: Digests.default([]),
    access: Access.prefault({}),
    audit: Audit.prefault({}),
  })
  .nullish();

/** What `sentry.yml` says, with defaults for what it leaves out. */
export interface SentryFile {
  /** Where it was read; null when there is none. */
  path: string | null;
  /** Spoken name → Lenz name. */
  names: Readonly<Record<string, string>>;
  thresholds: { stuckMinutes: number; queueMinutes: number; slowFactor: number };
  deadlines: readonly Deadline[];
  owners: readonly Owner[];
  runbooks: readonly Runbook[];
  digests: readonly DeclaredDigest[];
  /** Who may ask what, where, and how often. */
  access: AccessSettings;
  audit: { retentionDays: number };
}

export const EMPTY_SENTRY_FILE: SentryFile = {
  path: null,
  names: {},
  thresholds: { stuckMinutes: 30, queueMinutes: 5, slowFactor: 1.75 },
  deadlines: [],
  owners: [],
  runbooks: [],
  digests: [],
  access: Access.parse({}),
  audit: { retentionDays: 90 },
};

/** Parses `sentry.yml` strictly: an unknown key is a typing error until proven otherwise. Problems name keys, not values. */
export function parseSentryFile(text: string, path: string): { file: SentryFile } | { problems: string[] } {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    return { problems: [`sentry.yml is not valid YAML${line === undefined ? '' : ` (line ${line})`}.`] };
  }
  const result = Schema.safeParse(document);
  if (!result.success) return { problems: result.error.issues.flatMap(describe) };
  const content = result.data;
  if (!content) return { file: { ...EMPTY_SENTRY_FILE, path } };
  const { thresholds, audit, ...rest } = content;
  const { stuck_minutes: stuckMinutes, queue_minutes: queueMinutes, slow_factor: slowFactor } = thresholds;
  return {
    file: {
      path,
      ...rest,
      thresholds: { stuckMinutes, queueMinutes, slowFactor },
      audit: { retentionDays: audit.retention_days },
    },
  };
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `sentry.yml: ${shown([...path, key])} is not a key that SENTRY knows.`);
  }
  return [`sentry.yml: ${path.length > 0 ? shown(path) : 'the document'} is not valid: ${issue.message}.`];
}

/** SENTRY_FILE may name the wrong file, one with secrets in it: only what reads like a key or a name is repeated. */
function shown(path: readonly string[]): string {
  return path.map((part) => (/^([A-Za-z_ ]{1,40}|\d{1,4})$/.test(part) ? part : '…')).join('.');
}
