import { z } from 'zod';

/** What a home tab shows, as its view carries it. */
const HomeChoice = z.object({
  /** Null: the last night. */
  date: z.iso.date().nullable(),
  /** Null: the latest of each. */
  phase: z.enum(['PRELIM', 'FINAL']).nullable(),
  /** The conversation with SENTRY: where questions from the tab are answered. */
  channel: z.string().max(40),
});
export type HomeChoice = z.infer<typeof HomeChoice>;

export function readChoice(metadata: string | undefined): HomeChoice | null {
  try {
    return HomeChoice.safeParse(JSON.parse(metadata ?? '')).data ?? null;
  } catch {
    return null;
  }
}

/** Action ids of the tab's controls. Those of its questions go on with a number, so that they differ within a block. */
export const HOME = {
  date: 'sentry_home_date',
  phase: 'sentry_home_phase',
  refresh: 'sentry_home_refresh',
  ask: 'sentry_home_ask',
} as const;
