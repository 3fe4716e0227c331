import type { View } from '../blocks/view.ts';
import type { Progress } from '../blocks/working.ts';
import type { Metadata } from '../gateway.ts';

/** Where one answer is shown: a message in a thread, or for the asker's eyes only. */
export interface Surface {
  /** Others see it as well. */
  readonly inThread: boolean;
  /** What is being done; may be lost without harm. One call at a time. */
  show(progress: Progress): Promise<void>;
  /** The one final message: the first of `views` that Slack takes. Throws when it could not be shown at all. */
  settle(views: readonly View[], metadata: Metadata): Promise<void>;
}
