import { z } from 'zod';

/** Where a modal was opened from: where what is asked in it is answered. */
const ViewPlace = z.object({
  channel: z.string().max(40),
  /** Null for a message that only one person sees: it has no thread. */
  threadTs: z.string().max(40).nullable(),
  /** The answer that it is about, or an empty text. */
  reference: z.string().max(60),
});
export type ViewPlace = z.infer<typeof ViewPlace>;

/** For a view's `private_metadata`. */
export function writePlace(place: ViewPlace): string {
  return JSON.stringify(place);
}

export function readPlace(metadata: string): ViewPlace | null {
  try {
    return ViewPlace.safeParse(JSON.parse(metadata)).data ?? null;
  } catch {
    return null;
  }
}
