import type { ModalView } from '@slack/types';
import { plain } from '../../blocks/pieces/text.ts';
import { readThread } from '../../thread-context.ts';
import { askAgainModal } from '../../views/ask-modal.ts';
import { evidenceModal } from '../../views/evidence-modal.ts';
import type { Insight } from '../../views/insight.ts';
import { noteModal, openModal } from '../../views/open-modal.ts';
import { writePlace } from '../../views/place.ts';
import type { ListenerDeps } from '../deps.ts';
import { type ButtonPress, placeOfPress, readPress } from './press.ts';

const TITLE = 'How do you know?';

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Shows what stands behind an answer, also days later; whoever may not see the batch may not see that either. */
export function createEvidenceButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = readPress(body);
      const { insight } = deps;
      if (press === null || insight === null) return;
      await openModal(deps, press.trigger, TITLE, () => modalFor(deps, insight, press));
    });
}

async function modalFor(deps: ListenerDeps, insight: Insight, press: ButtonPress): Promise<ModalView> {
  const sight = await deps.admission.sightOf(press.asking, 'ask');
  if (sight === null) return noteModal(TITLE, '🔒 This is not open to you here.');
  const answer = await insight.answers.find(press.value);
  if (answer === null) {
    const question = await askedBefore(deps, press);
    return askAgainModal(writePlace(placeOfPress(press, press.value)), press.value, question);
  }
  const hidden = answer.essentials.find((essential) => !sight.allows(essential));
  if (hidden !== undefined) return noteModal(TITLE, `🔒 ${plain(sight.denial(hidden), 1000)}`);
  return evidenceModal(answer, { airflowBaseUrl: insight.airflowBaseUrl, now: Date.now() });
}

/** What the answer above the button answered, as its thread tells it; empty where nobody knows. */
async function askedBefore(deps: ListenerDeps, press: ButtonPress): Promise<string> {
  if (press.threadTs === null) return '';
  const messages = await deps.gateway.thread(press.asking.channel, press.threadTs).catch(() => []);
  const earlier = messages.filter(({ ts }) => (ts ?? '') <= press.messageTs);
  const { turns } = readThread(earlier, press.threadTs, deps.self(), { ours: true });
  return turns.findLast((turn) => turn.by === 'person')?.text ?? '';
}
