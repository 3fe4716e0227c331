import type { State } from '../../state/state.ts';
import { KeptAnswer } from './kept-answer.ts';
import { KeptWhole, packWhole, unpackWhole, type Whole } from './kept-whole.ts';

/** What stands behind the answers of the last days, by reference; the same for every replica where there is Redis. */
export interface AnswerBook {
  /** `whole`: all of it, where its message shows a part. */
  keep(answer: KeptAnswer, whole?: readonly string[] | null): Promise<void>;
  /** `work` is about to keep that answer: who looks for it meanwhile waits. It must not reject. */
  keeping(reference: string, work: Promise<void>): void;
  /** Null when it was never kept or is kept no longer. */
  find(reference: string): Promise<KeptAnswer | null>;
  /** Null likewise, and where the message shows everything. */
  findWhole(reference: string): Promise<Whole | null>;
}

const KEEP_MS = 14 * 86_400_000;
const MOST = 400;
/** What is old is looked for now and then, not at every answer. */
const SWEEP_EVERY = 25;

export function createAnswerBook(state: State, now: () => number = Date.now): AnswerBook {
  const answers = state.collection('answers', KeptAnswer);
  const wholes = state.collection('whole-answers', KeptWhole);
  const underway = new Map<string, Promise<void>>();
  let sinceSweep = 0;

  async function sweep(): Promise<void> {
    const all = (await answers.list()).sort((one, other) => other.value.at - one.value.at);
    const gone = all.filter(({ value }, index) => index >= MOST || now() - value.at > KEEP_MS);
    for (const { id } of gone) {
      await answers.remove(id);
      await wholes.remove(id);
    }
  }

  return {
    async keep(answer, whole = null) {
      if (whole !== null) await wholes.put(answer.reference, await packWhole(whole, answer.at));
      await answers.put(answer.reference, answer);
      sinceSweep += 1;
      if (sinceSweep < SWEEP_EVERY) return;
      sinceSweep = 0;
      await sweep();
    },
    keeping(reference, work) {
      underway.set(reference, work);
      void work.finally(() => underway.delete(reference));
    },
    async find(reference) {
      await underway.get(reference);
      const found = await answers.get(reference);
      return found !== null && now() - found.at <= KEEP_MS ? found : null;
    },
    async findWhole(reference) {
      await underway.get(reference);
      const found = await wholes.get(reference);
      return found !== null && now() - found.at <= KEEP_MS ? unpackWhole(found) : null;
    },
  };
}
