import { z } from 'zod';

/** A channel that follows an essential. */
export const Watch = z.object({
  /** Slack's id. */
  channel: z.string(),
  /** Lenz name. */
  essential: z.string(),
  /** Slack's id of a person. */
  createdBy: z.string(),
  /** UTC milliseconds. */
  since: z.number(),
});
export type Watch = z.infer<typeof Watch>;

/** What went wrong with one phase of a watched essential, as far as its channel was told. */
export const Incident = z.object({
  channel: z.string(),
  essential: z.string(),
  businessDate: z.string(),
  phase: z.enum(['PRELIM', 'FINAL']),
  /** Slack's ts of the message whose thread it is. */
  rootTs: z.string(),
  /** `mended`: nothing stands still any more, and it goes on; `over`: complete; `left`: nobody can be told any more. */
  stage: z.enum(['open', 'mended', 'over', 'left']),
  /** Keys of the troubles that the thread has heard of. */
  told: z.array(z.string()),
  /** Why something stopped, each once: the root tells of it when all is well. */
  was: z.array(z.string()).optional(),
  /** How many replies there are. */
  replies: z.number(),
  /** What the root shows, to know when it has to be changed. */
  shown: z.string(),
  /** Slack's id of who muted it; null while it speaks. */
  mutedBy: z.string().nullable(),
  /** UTC milliseconds. */
  openedAt: z.number(),
});
export type Incident = z.infer<typeof Incident>;

/** What the root message of an incident says now. Texts are single lines of Markdown. */
export interface IncidentCard {
  id: string;
  essential: string;
  businessDate: string;
  phase: 'PRELIM' | 'FINAL';
  status: string;
  stuck: boolean;
  late: boolean;
  stage: Incident['stage'];
  headline: string;
  /** What stands in its way now, and what of it runs again. */
  troubles: readonly string[];
  causes: readonly string[];
  /** What it was, once nothing stands still any more. */
  was?: readonly string[];
  mutedBy: string | null;
}

export function incidentId(about: Pick<Incident, 'channel' | 'essential' | 'businessDate' | 'phase'>): string {
  return `${about.channel}:${about.essential}:${about.businessDate}:${about.phase}`;
}
