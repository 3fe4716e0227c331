import { z } from 'zod';
import { inquireStatus } from '../../batch/inquiry/status.ts';
import { aboutSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getBatchProgress = defineTool({
  name: 'get_batch_progress',
  description:
    'How far a batch (essential) is: which sequence step, how many datasets and slices are done, what is waiting. For "which step", "how far", "is it done yet", "when did step 3 start"; for "when will it finish", estimate_completion.',
  schema: aboutSchema.extend({
    step: z.number().int().min(1).max(999).nullish().describe('The step asked about, where a number was said.'),
  }),
  title: (args) => reading('progress', args),
  async run(args, room) {
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Which step is ${batch} at${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, async ({ about }) => {
      const finding = await inquireStatus(room.desk, about, 'progress');
      return finding.kind === 'progress' && args.step ? { ...finding, step: args.step } : finding;
    });
  },
});
