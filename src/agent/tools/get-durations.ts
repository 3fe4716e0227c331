import { inquireDurations } from '../../batch/inquiry/durations.ts';
import { unitSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getDurations = defineTool({
  name: 'get_durations',
  description:
    'How long a batch, a dataset or a slice took beside what it usually takes on comparable dates: "which slice is slow", "is this normal", "how long does it usually take".',
  schema: unitSchema,
  title: (args) => reading('durations', args),
  async run(args, room) {
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Which slices of ${batch} are slow${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about, reference }) => inquireDurations(room.desk, about, reference));
  },
});
