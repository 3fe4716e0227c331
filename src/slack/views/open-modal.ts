import type { ModalView } from '@slack/types';
import { section } from '../blocks/pieces/elements.ts';
import { slackCode } from '../failures.ts';
import type { SlackGateway } from '../gateway.ts';
import type { SlackLog } from '../slack-log.ts';

/**
 * Opens a modal for whoever just pressed something. A trigger is good for three seconds, so that it opens at once and is filled
 * when `fill` is done; `title` is at most 24 characters. Never throws: a modal that cannot open is logged, and false returned.
 */
export async function openModal(
  { gateway, log }: { gateway: SlackGateway; log: SlackLog },
  trigger: string,
  title: string,
  fill: () => Promise<ModalView>,
): Promise<boolean> {
  try {
    const opened = await gateway.call(
      'views.open',
      { trigger_id: trigger, view: noteModal(title, '⏳ One moment…') },
      { patient: false },
    );
    const id = (opened.view as { id?: unknown } | undefined)?.id;
    const view = await fill().catch((error) => {
      log.error({ err: error }, 'A modal could not be filled');
      return noteModal(title, '🛑 This could not be looked up just now. Please try again in a minute.');
    });
    await gateway.call('views.update', { view_id: id, view }).catch((error) => {
      log.warn({ code: slackCode(error) }, 'Slack did not take a modal');
      const sorry = noteModal(title, '🛑 Slack did not take what belongs here. Please ask about less of it.');
      return gateway.call('views.update', { view_id: id, view: sorry });
    });
    return true;
  } catch (error) {
    log.warn({ code: slackCode(error) }, 'A modal could not be shown');
    return false;
  }
}

/** One sentence, which is escaped mrkdwn, and a way out. */
export function noteModal(title: string, sentence: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [section(sentence)],
  };
}
