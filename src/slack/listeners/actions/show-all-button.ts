import { slackCode } from '../../failures.ts';
import type { Insight } from '../../views/insight.ts';
import type { KeptAnswer } from '../../views/kept-answer.ts';
import type { Whole } from '../../views/kept-whole.ts';
import { openModal } from '../../views/open-modal.ts';
import { fitsModal, WHOLE_TITLE, wholeModal, wholeText } from '../../views/whole-modal.ts';
import type { ListenerDeps } from '../deps.ts';
import { keptAnswerModal } from './kept-answer-modal.ts';
import { type ButtonPress, readPress } from './press.ts';

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** For so long another press finds the same file. */
const SAME_FILE_MS = 60_000;

/** Shows all of an answer of which the message has a part, in a window; what is too large for one is a file besides. */
export function createShowAllButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = readPress(body);
      const { insight } = deps;
      if (press === null || insight === null) return;
      await openModal(deps, press.trigger, WHOLE_TITLE, () =>
        keptAnswerModal(deps, insight, press, WHOLE_TITLE, async (answer) => {
          const whole = await insight.answers.findWhole(answer.reference);
          if (whole === null) return null;
          return wholeModal(
            answer,
            whole,
            fitsModal(whole) ? null : await shareFile(deps, insight, press, answer, whole),
          );
        }),
      );
    });
}

/** Puts the file where the answer is, and says so: into its thread, or to the person where only one sees the answer. */
async function shareFile(
  { gateway, log }: ListenerDeps,
  { state }: Insight,
  press: ButtonPress,
  answer: KeptAnswer,
  whole: Whole,
): Promise<string> {
  const { reference } = answer;
  const where = press.threadTs === null ? 'in our direct messages' : 'in the thread';
  const filename = `sentry-${reference.replace(/[^\w-]/g, '')}.txt`;
  const said = `📄 This is more than a window takes: all of it is ${where}, as \`${filename}\`.`;
  const key = `whole-answer:${reference}:${press.threadTs ?? press.asking.user}`;
  try {
    if (!(await state.claim(key, SAME_FILE_MS))) return said;
    const place =
      press.threadTs === null
        ? await directThread(gateway, press.asking.user, reference)
        : { channel: press.asking.channel, threadTs: press.threadTs };
    const bytes = Buffer.from(wholeText(answer, whole));
    await gateway.upload({ ...place, filename, title: `All of answer ${reference}`, bytes });
    return said;
  } catch (error) {
    log.warn({ reference, code: slackCode(error) }, 'All of an answer could not be put into a file');
    return '📄 This is more than a window takes, and the file with all of it could not be shared. Ask about fewer slices or one dataset.';
  }
}

async function directThread(
  gateway: ListenerDeps['gateway'],
  user: string,
  reference: string,
): Promise<{ channel: string; threadTs: string }> {
  const text = `Here is all of the answer ${reference}, as a file.`;
  const { channel, ts } = await gateway.call('chat.postMessage', { channel: user, text });
  return { channel: String(channel), threadTs: String(ts) };
}
