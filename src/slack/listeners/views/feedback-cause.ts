import { noteView } from '../../blocks/note.ts';
import { cut } from '../../blocks/pieces/text.ts';
import { slackCode } from '../../failures.ts';
import { feedbackOn } from '../../feedback/feedback.ts';
import { CAUSE_FIELD, CAUSES, WORDS_FIELD } from '../../feedback/feedback-modal.ts';
import { tellPrivately } from '../../surfaces/private-surface.ts';
import type { ListenerDeps } from '../deps.ts';
import { readSubmission } from './submission.ts';

interface ViewArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** What the cause was instead, as a person knows it. */
export function createFeedbackCauseListener(deps: ListenerDeps) {
  return ({ ack, body }: ViewArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const submitted = readSubmission(body);
      const { insight } = deps;
      if (submitted === null || insight === null) return;
      const { place, asking } = submitted;
      if (!(await deps.admission.admits(asking, 'feedback'))) return;
      const chosen = submitted.entered(CAUSE_FIELD);
      const cause = (CAUSES as readonly string[]).includes(chosen) ? chosen : null;
      const said = { at: Date.now(), reference: place.reference, user: asking.user, channel: place.channel };
      const told = await insight.answers
        .find(place.reference)
        .then((answer) =>
          insight.feedback.put(
            feedbackOn(answer, { ...said, right: false, cause, words: cut(submitted.entered(WORDS_FIELD), 1000) }),
          ),
        )
        .then(
          () => 'Noted: this answer was wrong. Thank you for saying what it was.',
          (error) => {
            deps.log.error({ reference: place.reference, err: error }, 'Feedback could not be kept');
            return 'That could not be kept just now. Please try again in a minute.';
          },
        );
      const where = { ...asking, ...(place.threadTs === null ? {} : { threadTs: place.threadTs }) };
      await tellPrivately(deps.gateway, where, noteView(told)).catch((error) =>
        deps.log.warn({ code: slackCode(error) }, 'Feedback could not be acknowledged'),
      );
    });
}
