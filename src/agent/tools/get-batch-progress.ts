import { inquireStatus } from '../../batch/inquiry/status.ts';
import { aboutSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getBatchProgress = defineTool({
  name: 'get_batch_progress',
  description:
    'How far a batch (essential) is: which sequence step, how many datasets and slices are done, what is waiting. For "which step", "how far", "is it done yet"; for "when will it finish", estimate_completion.',
  schema: aboutSchema,
  title: (args) => reading('progress', args),
  async run(args, room) {
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Which step is ${batch} at${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about }) => inquireStatus(room.desk, about, 'progress'));
  },
});
