import type { IncidentCard } from './incident.ts';

/** How an incident is written into its channel. What was posted once under a reference is not posted again. */
export interface IncidentPosts {
  /** Returns Slack's ts of the root. */
  open(post: { channel: string; reference: string; card: IncidentCard }): Promise<string>;
  /** `gone` when the root was deleted. */
  reply(post: {
    channel: string;
    rootTs: string;
    reference: string;
    lines: readonly string[];
  }): Promise<'posted' | 'gone'>;
  edit(post: { channel: string; rootTs: string; reference: string; card: IncidentCard }): Promise<'edited' | 'gone'>;
}
