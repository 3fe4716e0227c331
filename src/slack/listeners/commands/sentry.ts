import type { Feature } from '../../../access/policy.ts';
import type { EssentialNames } from '../../../batch/essential-names.ts';
import { namesInSight } from '../../../batch/sight.ts';
import { toSentryError } from '../../../errors.ts';
import { healthView } from '../../blocks/health.ts';
import { helpView } from '../../blocks/help.ts';
import { noteView, usageView } from '../../blocks/note.ts';
import { words } from '../../blocks/pieces/text.ts';
import type { View } from '../../blocks/view.ts';
import { failureKind, slackCode } from '../../failures.ts';
import { feedbackView } from '../../feedback/feedback-view.ts';
import { personText } from '../../message-text.ts';
import { tellPrivately } from '../../surfaces/private-surface.ts';
import { DELIVERY_TTL_MS } from '../../timing.ts';
import type { ListenerDeps } from '../deps.ts';
import { digestCommand } from './digest-command.ts';
import { type Command, parseCommand } from './parse-command.ts';
import { refreshCommand } from './refresh-command.ts';
import { watchCommand } from './watch-command.ts';

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

type Errand = Exclude<Command, { kind: 'question' }>;

/** Which of the policy's features a command takes; the conversation asks for questions itself. */
const FEATURES: Record<Errand['kind'], Feature> = {
  help: 'ask',
  usage: 'ask',
  health: 'ask',
  digest: 'digest',
  watch: 'watch',
  refresh: 'refresh',
  feedback: 'feedback',
};

/** `/sentry …`. Questions are asked in the channel; everything else is for the asker alone. */
export function createSentryCommand(deps: ListenerDeps) {
  return ({ ack, command }: CommandArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const { trigger_id: trigger } = command;
      if (trigger && !(await deps.claims.claim(`command:${trigger}`, DELIVERY_TTL_MS))) return;
      const place = {
        channel: command.channel_id,
        user: command.user_id,
        responseUrl: command.response_url,
        hints: { team: command.team_id },
      };
      // SENTRY's own mention is no news in a command to SENTRY.
      const wanted = parseCommand(personText(command.text ?? '', deps.self().userId));
      if (wanted.kind === 'question') {
        await deps.inbox.answer({ form: 'in_channel', ...place, question: wanted.question }, signal);
        return;
      }
      if (!(await deps.admission.admits(place, FEATURES[wanted.kind]))) return;
      const view = await viewOf(deps, wanted, place).catch((error) => failedView(deps, wanted, error));
      await tellPrivately(deps.gateway, place, view).catch((error) =>
        deps.log.error({ code: slackCode(error), wanted: wanted.kind }, 'A private answer could not be shown'),
      );
    });
}

type Place = Parameters<ListenerDeps['admission']['admits']>[0];

async function viewOf(deps: ListenerDeps, wanted: Errand, place: Place): Promise<View> {
  switch (wanted.kind) {
    case 'help':
      return helpView(await namesSeen(deps, place), wanted.lead);
    case 'usage':
      return usageView(wanted.lead, wanted.usage);
    case 'health':
      return healthView(await deps.health());
    case 'refresh':
      return refreshCommand(wanted.rest, deps);
    case 'feedback':
      return feedbackShown(deps, place);
    case 'digest':
    case 'watch':
      return standingView(deps, wanted, place);
  }
}

/** Only what was said of batches that are open here. */
async function feedbackShown({ insight, admission }: ListenerDeps, place: Place): Promise<View> {
  const sight = insight === null ? null : await admission.sightOf(place, 'feedback');
  if (insight === null || sight === null) return noteView('There is no feedback here.');
  return feedbackView(insight.state, (essential) => sight.allows(essential));
}

async function namesSeen({ admission, names }: ListenerDeps, place: Place): Promise<EssentialNames> {
  const sight = await admission.sightOf(place, 'ask');
  return sight === null ? names : namesInSight(names, sight);
}

async function standingView(
  deps: ListenerDeps,
  wanted: Extract<Errand, { kind: 'digest' | 'watch' }>,
  place: Place,
): Promise<View> {
  const { standing, names } = deps;
  if (standing === null) return noteView('Digests and watches are not at hand here.');
  const { channel, user } = place;
  const sight = await deps.admission.sightOf(place, wanted.kind);
  if (sight === null) return noteView('That is not open to you here.');
  const unreachable = wanted.action === 'add' ? await unreachableLine(deps, channel) : '';
  const given = { standing, names, channel, user, sight, unreachable };
  return wanted.kind === 'digest' ? digestCommand(wanted, given) : watchCommand(wanted, given);
}

/** What is ordered for a channel that SENTRY is not in would never come. */
async function unreachableLine({ gateway, self }: ListenerDeps, channel: string): Promise<string> {
  try {
    await gateway.recent(channel, 1);
    return '';
  } catch (error) {
    if (failureKind(error) !== 'no_access') return '';
    return `⚠️ I am not in this channel and cannot post here: invite me with \`/invite @${words(self().name ?? 'sentry', 60)}\`.`;
  }
}

function failedView(deps: ListenerDeps, wanted: Errand, error: unknown): View {
  const known = toSentryError(error);
  deps.log.error({ wanted: wanted.kind, err: known }, 'A command could not be done');
  return noteView(`🛑 ${words(known.message, 600)}`, [`What to do: ${words(known.remedy, 600)}`]);
}
