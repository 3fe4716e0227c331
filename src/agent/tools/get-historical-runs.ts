import { z } from 'zod';
import { inquireHistory } from '../../batch/inquiry/history.ts';
import { unitSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

const MAX_DATES = 30;
const DEFAULT_DATES = 10;

export const getHistoricalRuns = defineTool({
  name: 'get_historical_runs',
  description:
    'Earlier business dates of a batch, a dataset or a slice: "has it failed before", "the last 10 days", with failures that repeat.',
  schema: unitSchema.extend({
    dates: z.coerce
      .number()
      .nullish()
      .describe(`How many earlier business dates, 1 to ${MAX_DATES}; ${DEFAULT_DATES} when not named.`),
  }),
  title: (args) => reading('history', args),
  async run(args, room) {
    const dates = Math.min(MAX_DATES, Math.max(1, Math.round(args.dates ?? DEFAULT_DATES)));
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Has ${batch}${rest({ ...args, date })} failed in the last ${dates} days?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about, reference }) =>
      inquireHistory(room.desk, about, reference, dates),
    );
  },
});
