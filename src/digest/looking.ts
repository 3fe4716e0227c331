import { setTimeout as pause } from 'node:timers/promises';
import type { Clarification, Refusal } from '../batch/finding.ts';
import type { NightOutlook } from '../batch/inquiry/outlook.ts';
import type { Phase } from '../batch/run.ts';
import type { Sight } from '../batch/sight.ts';
import { type SentryError, toSentryError } from '../errors.ts';

/**
 * A look at the latest night. `follow`: these essentials alone, in every phase that has begun. `sight`: what may be seen of
 * it; all where absent.
 */
export type Look = (about: {
  phase: Phase | null;
  follow?: ReadonlySet<string>;
  sight?: Sight | undefined;
}) => Promise<NightOutlook | Refusal | Clarification>;

/**
 * What a channel may still see of what somebody ordered there once; null when nothing, or when that could not be told. For
 * what `sentry.yml` declares (`createdBy` null) the channel alone is asked about.
 */
export type SightOf = (
  order: { channel: string; createdBy: string | null },
  feature: 'digest' | 'watch',
) => Promise<Sight | null>;

/** The night, or why there is none to tell of: a sentence for a person. */
export type Seen = NightOutlook | { kind: 'unseen'; why: string };

/** Before each further look: a source that restarts is given a while, and people at seven o'clock are not kept waiting for long. */
const PAUSES_MS: readonly number[] = [15_000, 30_000];

/** Looks again after a failure, a few times, and then says what went wrong. Never throws. */
export async function lookPatiently(look: () => ReturnType<Look>, pausesMs = PAUSES_MS): Promise<Seen> {
  for (let tries = 0; ; tries += 1) {
    try {
      return seenOf(await look());
    } catch (error) {
      const wait = pausesMs[tries];
      if (wait === undefined) return { kind: 'unseen', why: sentence(toSentryError(error)) };
      await pause(wait);
    }
  }
}

export function seenOf(found: Awaited<ReturnType<Look>>): Seen {
  if (found.kind === 'outlook') return found;
  return { kind: 'unseen', why: found.kind === 'refusal' ? found.text : found.question };
}

function sentence({ message, remedy }: SentryError): string {
  return `${message} ${remedy}`;
}
