import { z } from 'zod';
import { whichBatch } from './refusals.ts';
import { defineTool } from './tool.ts';

export const askClarification = defineTool({
  name: 'ask_clarification',
  description:
    'Ask back, only when the question names no batch, the thread names none either, and it is not about the whole night.',
  schema: z.object({ about: z.enum(['status', 'tasks', 'history']).nullish() }),
  title: () => 'Asking back',
  async run(args, room) {
    const again = (batch: string) =>
      args.about === 'tasks'
        ? `Which tasks failed in ${batch}?`
        : args.about === 'history'
          ? `Has ${batch} failed in the last 10 days?`
          : `How is ${batch} doing?`;
    const candidates = room.names.all.slice(0, 5);
    return [whichBatch(null, candidates, room.names, again)];
  },
});
