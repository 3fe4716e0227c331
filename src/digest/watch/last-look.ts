import { z } from 'zod';

/** How the latest look at the watched essentials went: silence must not be taken for "all is well". */
export const LastLook = z.object({
  /** UTC milliseconds. */
  at: z.number(),
  /** A sentence; null when it went well. */
  problem: z.string().nullable(),
});
export type LastLook = z.infer<typeof LastLook>;
