import { inquireSlices } from '../../batch/inquiry/slices.ts';
import { inquireStatus } from '../../batch/inquiry/status.ts';
import { aboutSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { inPhase, onDate, reading } from './titles.ts';
import { defineTool } from './tool.ts';

export const getBatchStatus = defineTool({
  name: 'get_batch_status',
  description:
    'How a batch (essential) is doing on a business date: status, what failed, what is stuck, which other phase there is. The first tool for "how is X", "what failed in X"; for "why", find_root_causes.',
  schema: aboutSchema,
  title: (args) => reading('runs', args),
  async run(args, room) {
    // A dataset's name was given as a batch: its slices are what was asked about.
    const dataset = args.batch && room.names.find(args.batch).length === 0 ? args.batch : null;
    const again = (batch: string, date: string | null | undefined = args.date) =>
      dataset === null
        ? `How is ${batch}${inPhase(args)} doing${onDate({ date })}?`
        : `How are the slices of ${dataset} in ${batch}${inPhase(args)}${onDate({ date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about, reference }) =>
      reference.dataset !== null && dataset !== null
        ? inquireSlices(room.desk, about, reference)
        : inquireStatus(room.desk, about, 'status'),
    );
  },
});
