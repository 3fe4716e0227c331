import type { ModalView } from '@slack/types';
import { plain } from '../../blocks/pieces/text.ts';
import { readThread } from '../../thread-context.ts';
import { askAgainModal } from '../../views/ask-modal.ts';
import type { Insight } from '../../views/insight.ts';
import type { KeptAnswer } from '../../views/kept-answer.ts';
import { noteModal } from '../../views/open-modal.ts';
import { writePlace } from '../../views/place.ts';
import type { ListenerDeps } from '../deps.ts';
import { type ButtonPress, placeOfPress } from './press.ts';

/**
 * A modal about the kept answer whose reference the pressed button carries, for who may see it now; `show` gives null where what it
 * needs is kept no longer. Then the question can be asked again.
 */
export async function keptAnswerModal(
  deps: ListenerDeps,
  { answers }: Insight,
  press: ButtonPress,
  title: string,
  show: (answer: KeptAnswer) => Promise<ModalView | null>,
): Promise<ModalView> {
  const sight = await deps.admission.sightOf(press.asking, 'ask');
  if (sight === null) return noteModal(title, '🔒 This is not open to you here.');
  const answer = await answers.find(press.value);
  const hidden = answer?.essentials.find((essential) => !sight.allows(essential));
  if (hidden !== undefined) return noteModal(title, `🔒 ${plain(sight.denial(hidden), 1000)}`);
  const shown = answer === null ? null : await show(answer);
  if (shown !== null) return shown;
  const question = await askedBefore(deps, press);
  return askAgainModal(writePlace(placeOfPress(press, press.value)), press.value, question, title);
}

/** What the answer above the button answered, as its thread tells it; empty where nobody knows. */
async function askedBefore(deps: ListenerDeps, press: ButtonPress): Promise<string> {
  if (press.threadTs === null) return '';
  const messages = await deps.gateway.thread(press.asking.channel, press.threadTs).catch(() => []);
  const earlier = messages.filter(({ ts }) => (ts ?? '') <= press.messageTs);
  const { turns } = readThread(earlier, press.threadTs, deps.self(), { ours: true });
  return turns.findLast((turn) => turn.by === 'person')?.text ?? '';
}
