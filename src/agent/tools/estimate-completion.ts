import { z } from 'zod';
import { inquireEta } from '../../batch/inquiry/eta.ts';
import { safeText } from '../safe-text.ts';
import { aboutSchema } from './arguments.ts';
import { nextTime, readClockTime } from './clock-time.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

export const estimateCompletion = defineTool({
  name: 'estimate_completion',
  description:
    'When a batch will finish, with a range, and whether it makes a time: "when will it finish", "eta", "will it make 7am", "will we miss the deadline". Without a time the deadline that is set for it is taken.',
  schema: aboutSchema.extend({
    by: z
      .string()
      .max(40)
      .nullish()
      .describe(
        'The time to make, in the person\'s own words, with its day if one was said: "7am", "07:30 UTC", "6am tomorrow". Leave out when not named.',
      ),
  }),
  title: (args) => reading('the course so far', args),
  async run(args, room) {
    const { desk } = room;
    const by = args.by ? readClockTime(args.by, desk.zone) : null;
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `${args.by ? `Will ${batch} make ${safeText(args.by, 40)}` : `When will ${batch} finish`}${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, async ({ about }) => {
      const finding = await inquireEta(desk, about, null);
      if (by === null || finding.kind !== 'eta') return finding;
      // Which day's 7am is meant is known only now: the first one after the phase began.
      const at = nextTime(by, finding.state.startedAt ?? desk.clock.now(), desk.clock.now());
      const ended = finding.state.status === 'SUCCESS' ? finding.state.endedAt : null;
      const past = (ended ?? desk.clock.now()) >= at;
      const chance = past ? 1 : ended !== null ? 0 : (finding.estimate?.chanceOfMissing(at) ?? null);
      return { ...finding, target: { at, source: 'asked' }, chanceOfMissing: chance };
    });
  },
});
