import { healthView } from '../../blocks/health.ts';
import { helpView } from '../../blocks/help.ts';
import { DELIVERY_TTL_MS } from '../../dedupe.ts';
import { slackCode } from '../../failures.ts';
import { personText } from '../../message-text.ts';
import { tellPrivately } from '../../surfaces/private-surface.ts';
import type { ListenerDeps } from '../deps.ts';
import { parseCommand } from './parse-command.ts';

interface CommandArgs {
  ack: () => Promise<void>;
  command: {
    text?: string;
    channel_id: string;
    user_id: string;
    response_url: string;
    trigger_id?: string;
    team_id?: string;
  };
}

/** `/sentry ask`, `status`, `health`, `help`. Help and health are for the asker alone; questions are asked in the channel. */
export function createSentryCommand(deps: ListenerDeps) {
  return ({ ack, command }: CommandArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const { trigger_id: trigger } = command;
      if (trigger && !(await deps.dedupe.claim(`command:${trigger}`, DELIVERY_TTL_MS))) return;
      const place = {
        channel: command.channel_id,
        user: command.user_id,
        responseUrl: command.response_url,
        hints: { team: command.team_id },
      };
      // SENTRY's own mention is no news in a command to SENTRY.
      const wanted = parseCommand(personText(command.text ?? '', deps.self().userId));
      if (wanted.kind === 'question') {
        await deps.conversation.answerInNewThread({ ...place, question: wanted.question }, signal);
        return;
      }
      if (!(await deps.admission.admits(place, 'ask'))) return;
      const view = wanted.kind === 'health' ? healthView(await deps.health()) : helpView(deps.names, wanted.lead);
      await tellPrivately(deps.gateway, place, view).catch((error) =>
        deps.log.error({ code: slackCode(error), wanted: wanted.kind }, 'A private answer could not be shown'),
      );
    });
}
