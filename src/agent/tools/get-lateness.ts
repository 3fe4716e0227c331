import { inquireLateness } from '../../batch/inquiry/lateness.ts';
import { aboutSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getLateness = defineTool({
  name: 'get_lateness',
  description:
    'Where the time of a batch went: how late it is beside its usual end, the critical path with the minutes lost on it, and the slack of the rest. For "where did the time go", "critical path", "how late is it".',
  schema: aboutSchema,
  title: (args) => reading('the times', args),
  async run(args, room) {
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `Where did the time go in ${batch}${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about }) => inquireLateness(room.desk, about));
  },
});
