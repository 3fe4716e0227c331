import { noteView } from '../../blocks/note.ts';
import { slackCode } from '../../failures.ts';
import { feedbackOn } from '../../feedback/feedback.ts';
import { feedbackModal } from '../../feedback/feedback-modal.ts';
import { tellPrivately } from '../../surfaces/private-surface.ts';
import { noteModal, openModal } from '../../views/open-modal.ts';
import { writePlace } from '../../views/place.ts';
import type { ListenerDeps } from '../deps.ts';
import { placeOfPress, readPress } from './press.ts';

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Keeps what a person says of an answer. "Wrong" counts at once; what it was instead is asked for in a modal. */
export function createFeedbackButtons(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = readPress(body);
      const said = /^(right|wrong):([a-z0-9-]{1,60})$/i.exec(press?.value ?? '');
      const { insight } = deps;
      if (press === null || said === null || insight === null) return;
      const [, side, reference = ''] = said;
      const right = side === 'right';
      const keep = async () => {
        if (!(await deps.admission.admits(press.asking, 'feedback'))) return null;
        const answer = await insight.answers.find(reference);
        const { user, channel } = press.asking;
        await insight.feedback.put(
          feedbackOn(answer, { at: Date.now(), reference, user, channel, right, cause: null, words: '' }),
        );
        deps.log.info({ reference, user, right }, 'Feedback');
        return { answer };
      };
      if (!right) {
        await openModal(deps, press.trigger, 'What was it?', async () => {
          const kept = await keep();
          if (kept === null) return noteModal('What was it?', '🔒 This is not open to you here.');
          return feedbackModal(kept.answer, writePlace(placeOfPress(press, reference)));
        });
        return;
      }
      const told = await keep().then(
        (kept) => (kept === null ? null : 'Noted: this answer was right. Thank you.'),
        (error) => {
          deps.log.error({ reference, err: error }, 'Feedback could not be kept');
          return 'That could not be kept just now. Please press again in a minute.';
        },
      );
      if (told === null) return;
      const place = { ...press.asking, ...(press.threadTs === null ? {} : { threadTs: press.threadTs }) };
      await tellPrivately(deps.gateway, place, noteView(told)).catch((error) =>
        deps.log.warn({ reference, code: slackCode(error) }, 'Feedback could not be acknowledged'),
      );
    });
}
