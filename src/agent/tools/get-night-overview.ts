import { z } from 'zod';
import { inquireNight } from '../../batch/inquiry/night.ts';
import { dateArgument, phaseArgument } from './arguments.ts';
import { badDate } from './refusals.ts';
import { readDate } from './spoken.ts';
import { completed } from './subject.ts';
import { reading } from './titles.ts';
import { defineTool } from './tool.ts';

export const getNightOverview = defineTool({
  name: 'get_night_overview',
  description:
    'All batches of a night, worst first: "what happened last night", "anything red", "what failed" without a batch; with the causes of each.',
  schema: z.object({ date: dateArgument, phase: phaseArgument }),
  title: (args) => reading('all batches', args),
  async run(args, room) {
    const date = readDate(args.date, room);
    if (date === 'unreadable') return [badDate(args.date ?? '')];
    const finding = await inquireNight(room.desk, { date, phase: args.phase ?? null });
    return [finding.kind === 'clarification' ? completed(finding, (chosen) => `What happened on ${chosen}?`) : finding];
  },
});
