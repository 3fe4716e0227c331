import { z } from 'zod';
import { defineTool } from './tool.ts';

export const help = defineTool({
  name: 'help',
  description: 'What SENTRY can do, with examples: for "help", "what can you do", a greeting.',
  schema: z.object({}),
  title: () => 'Looking up what I can do',
  run: async () => [{ kind: 'help' }],
});
