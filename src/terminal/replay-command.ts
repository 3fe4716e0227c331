import type { AuditTrail } from '../access/audit-trail.ts';
import type { Ask } from '../agent/ask.ts';
import { SentryError } from '../errors.ts';
import { type Replay, replay } from './replay.ts';

interface Output {
  json: boolean;
  write(text: string): void;
}

/**
 * Prints how a question of the audit trail is answered now, as of then. 0 when it says the same, 3 when it differs.
 * @throws SentryError `USAGE` for a reference that is not kept.
 */
export async function replayOnce(
  ask: Ask,
  trail: Pick<AuditTrail, 'find'>,
  reference: string,
  output: Output,
): Promise<number> {
  const found = await trail.find(reference);
  if (found === null) {
    throw new SentryError('USAGE', 'No question with that reference is kept.', {
      remedy: 'Look at the reference again; questions are kept for audit.retention_days of sentry.yml, 90 unless set.',
    });
  }
  const result = await replay(ask, found.line, new AbortController().signal);
  output.write(output.json ? `${JSON.stringify(result)}\n` : `${textOf(result).join('\n')}\n`);
  return result.differences.length === 0 ? 0 : 3;
}

function textOf({ question, asked_at: askedAt, was, differences, unknowable, answer }: Replay): string[] {
  return [
    `Asked at ${askedAt}: ${question}`,
    '',
    was === null ? 'No answer came about then.' : `Then: ${was.verdict}`,
    `Now:  ${answer.verdict}`,
    '',
    ...(was === null || differences.length > 0 ? [] : ['Nothing that code computes differs.']),
    ...differences.flatMap(({ what, was: before, is: after }) => [
      `${what} differs`,
      ...before.map((each) => `  then  ${each}`),
      ...after.map((each) => `  now   ${each}`),
    ]),
    '',
    'What can no longer be known:',
    ...unknowable.map((each) => `- ${each}`),
  ];
}
