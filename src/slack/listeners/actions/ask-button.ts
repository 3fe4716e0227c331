import type { ListenerDeps } from '../deps.ts';
import { readPress } from './press.ts';

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Asks the button's question exactly as if it were typed there; a double click asks once. */
export function createAskButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const press = readPress(body);
      if (press === null) {
        deps.log.warn({}, 'A press came without what is needed to answer it');
        return;
      }
      const { value: question, messageTs, threadTs, asking } = press;
      const key = `press:${asking.channel}:${messageTs}:${question}`;
      if (!(await deps.claims.claim(key, deps.timing.doubleClickMs))) return;
      // A message for one person's eyes has no thread to answer in.
      await deps.inbox.answer(
        threadTs === null
          ? { form: 'in_channel', ...asking, question }
          : { form: 'pressed', ...asking, question, threadTs },
        signal,
      );
    });
}
