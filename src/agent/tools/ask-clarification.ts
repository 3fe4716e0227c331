import { z } from 'zod';
import { whichBatch } from './refusals.ts';
import { defineTool } from './tool.ts';

const KINDS = [
  'status',
  'tasks',
  'history',
  'causes',
  'impact',
  'retries',
  'eta',
  'lateness',
  'comparison',
  'durations',
] as const;

/** The question, completed with a batch. */
const AGAIN: Record<(typeof KINDS)[number], (batch: string) => string> = {
  status: (batch) => `How is ${batch} doing?`,
  tasks: (batch) => `Which tasks failed in ${batch}?`,
  history: (batch) => `Has ${batch} failed in the last 10 days?`,
  causes: (batch) => `What is the root cause in ${batch}?`,
  impact: (batch) => `What else is affected in ${batch}?`,
  retries: (batch) => `Did the retry fix ${batch}?`,
  eta: (batch) => `When will ${batch} finish?`,
  lateness: (batch) => `Where did the time go in ${batch}?`,
  comparison: (batch) => `What changed in ${batch} since the run before?`,
  durations: (batch) => `Which slice of ${batch} is slow?`,
};

export const askClarification = defineTool({
  name: 'ask_clarification',
  description:
    'Ask back, only when the question names no batch, the thread names none either, and it is not about the whole night.',
  schema: z.object({ about: z.enum(KINDS).nullish() }),
  title: () => 'Asking back',
  async run(args, room) {
    const again = AGAIN[args.about ?? 'status'];
    const candidates = room.names.all.slice(0, 5);
    return [whichBatch(null, candidates, room.names, again)];
  },
});
