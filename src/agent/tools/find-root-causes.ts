import { z } from 'zod';
import { inquireCauses } from '../../batch/inquiry/causes.ts';
import { unitSchema } from './arguments.ts';
import { inquireEach, resolveSubjects } from './subject.ts';
import { reading, rest } from './titles.ts';
import { defineTool } from './tool.ts';

const FOCUS = ['cause', 'impact', 'retries'] as const;

export const findRootCauses = defineTool({
  name: 'find_root_causes',
  description:
    'Why a batch, a dataset or a slice failed, is late, stuck or blocked: root causes with their evidence, what was ruled out, what waits for them. For "why", "root cause", "what is blocking", "what is wrong", "who is waiting on it". focus impact: "what else is affected". focus retries: "did the retry fix it".',
  schema: unitSchema.extend({
    focus: z.enum(FOCUS).nullish().describe('cause unless impact or retries is what the person asks about.'),
  }),
  title: (args) => reading('runs, tasks and history', args),
  async run(args, room) {
    const focus = args.focus ?? 'cause';
    const again = (batch: string, date: string | null | undefined = args.date) =>
      `${ASKED[focus](batch)}${rest({ ...args, date })}?`;
    const subjects = await resolveSubjects(args, room, again);
    return inquireEach(subjects, room, again, ({ about, reference }) =>
      inquireCauses(room.desk, about, reference, focus),
    );
  },
});

const ASKED: Record<(typeof FOCUS)[number], (batch: string) => string> = {
  cause: (batch) => `What is the root cause in ${batch}`,
  impact: (batch) => `What else is affected in ${batch}`,
  retries: (batch) => `Did the retry fix ${batch}`,
};
