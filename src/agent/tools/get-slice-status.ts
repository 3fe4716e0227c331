import { inquireSlices } from '../../batch/inquiry/slices.ts';
import { unitSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const getSliceStatus = defineTool({
  name: 'get_slice_status',
  description:
    'The state of some slices or of one dataset: "the EMEA slices of intercompany", "how is dataset X doing". A dataset may be named without its batch.',
  schema: unitSchema,
  title: (args) => reading('slices', args),
  async run(args, room) {
    const of = `${args.slice ? `${args.slice} slices` : 'slices'}${args.dataset ? ` of ${args.dataset}` : ''}`;
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `How are the ${of} in ${batch}${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about, reference }) => inquireSlices(room.desk, about, reference));
  },
});
