import { webApi } from '@slack/bolt';
import { SentryError, UpstreamError } from '../errors.ts';
import { slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';

/** Who SENTRY is in this workspace. */
export interface Self {
  userId: string;
  botId: string;
  /** The workspace, and the organisation of workspaces that it is part of; null where Slack does not say. */
  teamId: string | null;
  enterpriseId: string | null;
  /** The handle people type; null where Slack does not say. */
  name: string | null;
}

/**
 * Asks Slack once, at start-up.
 * @throws SentryError `SLACK_AUTH` when Slack refuses the token, UpstreamError `SLACK_UNREACHABLE` when it does not answer.
 */
export async function identify(gateway: SlackGateway): Promise<Self> {
  try {
    const answer = await gateway.call('auth.test', {});
    return {
      userId: String(answer.user_id),
      botId: String(answer.bot_id),
      teamId: textOrNull(answer.team_id),
      enterpriseId: textOrNull(answer.enterprise_id),
      name: textOrNull(answer.user),
    };
  } catch (error) {
    throw startError(error);
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function startError(error: unknown): SentryError {
  if (error instanceof SentryError) return error;
  if (error instanceof webApi.WebAPIPlatformError) {
    return new UpstreamError('slack', 'SLACK_AUTH', `Slack refused the connection (${slackCode(error)}).`, {
      remedy: 'Check SLACK_BOT_TOKEN, SLACK_APP_TOKEN and the scopes in slack-app-manifest.yml, then start again.',
      cause: error,
    });
  }
  return new UpstreamError('slack', 'SLACK_UNREACHABLE', `Slack could not be reached (${slackCode(error)}).`, {
    remedy: 'Check the network and the proxy between this machine and Slack, then start again.',
    cause: error,
  });
}
