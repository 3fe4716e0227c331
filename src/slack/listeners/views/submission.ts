import { z } from 'zod';
import { readPlace, type ViewPlace } from '../../views/place.ts';

const Submission = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string().max(3000),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().max(3000).nullish(),
            selected_option: z.object({ value: z.string().max(150) }).nullish(),
          }),
        ),
      ),
    }),
  }),
});

export interface Submitted {
  id: string;
  place: ViewPlace;
  asking: { user: string; channel: string; hints: { team: string | undefined } };
  /** What was typed or chosen in a field; an empty text where nothing was. */
  entered(field: { block: string; action: string }): string;
}

/** Null for what is no submission of a modal of ours. */
export function readSubmission(body: unknown): Submitted | null {
  const data = Submission.safeParse(body).data;
  const place = data === undefined ? null : readPlace(data.view.private_metadata);
  if (data === undefined || place === null) return null;
  return {
    id: data.view.id,
    place,
    asking: { user: data.user.id, channel: place.channel, hints: { team: data.user.team_id } },
    entered({ block, action }) {
      const field = data.view.state.values[block]?.[action];
      return (field?.value ?? field?.selected_option?.value ?? '').trim();
    },
  };
}
