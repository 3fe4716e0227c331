import { dialled, refused } from './guard.ts';

/** Asks one question with the model that the environment configures, and prints whom the process talked to. */
const [{ readEnv }, { loadConfig }, { createModelFactory }, { checkModel }, { askOnce, smallAgent }, { names }] =
  await Promise.all([
    import('../../../src/config/read-env.ts'),
    import('../../../src/config/load-config.ts'),
    import('../../../src/llm/create-model.ts'),
    import('../../../src/llm/check-model.ts'),
    import('../../agent/asking.ts'),
    import('../../agent/small-world.ts'),
  ]);

const { llm } = loadConfig(readEnv({ path: '/nowhere/.env' }));
const log = { info: () => {}, warn: () => {} };
const ask = smallAgent({ createModel: createModelFactory(llm, { planner: { names }, logger: log }) });
const { answer } = await askOnce(ask, 'how is derivatives prelim doing?');
const check = await checkModel(llm, { signal: AbortSignal.timeout(10_000) });
// What a library does in the background, it does within moments of the answer; and before the process may end.
await new Promise((resolve) => setTimeout(resolve, 300));
process.stdout.write(
  JSON.stringify({ prose: answer.prose, notes: answer.notes, check, dialled: [...dialled], refused }),
);
process.exit(0);
