import { SentryError } from '../errors.ts';
import type { HealthFinding } from '../observability/health.ts';
import { failureKind, slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import { missingScopes } from './missing-scopes.ts';

interface SlackCheckOptions {
  /** Speaks with the bot token. */
  bot: SlackGateway;
  /** Speaks with the app-level token; null over HTTP. */
  app: SlackGateway | null;
  connection: 'socket' | 'http' | 'receiver';
  /** Null before the start: a doctor looks and does not connect, or it would take messages away from the running SENTRY. */
  connected: boolean | null;
}

const NAMES = { socket: 'Socket Mode', http: 'events over HTTP', receiver: 'a receiver of its own' } as const;

/** Asks Slack who the bot is, which scopes it has, and whether Socket Mode may be opened. Posts nothing. Never throws. */
export async function checkSlack({ bot, app, connection, connected }: SlackCheckOptions): Promise<HealthFinding> {
  const facts: string[] = [NAMES[connection]];
  try {
    const self = await bot.call('auth.test', {}, { patient: false });
    facts.push(`bot ${String(self.user ?? 'without a name')} in ${String(self.team ?? 'a workspace without a name')}`);
    // Slack names the scopes of a token with every answer; where it does not, nothing is known to be missing.
    const granted = self.response_metadata?.scopes;
    const missing = granted === undefined ? [] : missingScopes(granted);
    if (connected === null && app !== null) {
      await app.call('apps.connections.open', {}, { patient: false });
      facts.push('the app token opens connections');
    }
    if (connected !== null) facts.push(connected ? 'connected' : 'not connected');
    if (connected === false) {
      return {
        status: 'fail',
        facts,
        problem: 'Slack accepts the token, but no event can arrive now.',
        remedy: 'It reconnects by itself within a minute; if it does not, look for a proxy that cuts WebSockets.',
      };
    }
    if (missing.length === 0) return { status: 'ok', facts };
    return {
      status: 'warn',
      facts,
      problem: `The bot token lacks ${missing.join(', ')}.`,
      remedy:
        'Paste slack-app-manifest.yml again as the manifest of the app (api.slack.com/apps), then Reinstall to Workspace.',
    };
  } catch (error) {
    return { status: 'fail', facts, ...troubleOf(error) };
  }
}

function troubleOf(error: unknown): { problem: string; remedy: string } {
  if (error instanceof SentryError) return { problem: error.message, remedy: error.remedy };
  const code = slackCode(error);
  switch (failureKind(error)) {
    case 'rate_limited':
      return { problem: 'Slack asks to slow down.', remedy: 'Look again in a minute.' };
    case 'unsure':
      return {
        problem: `Slack did not answer (${code}).`,
        remedy: 'Check the network and the proxy between this machine and slack.com.',
      };
    default:
      return {
        problem: `Slack refused the token (${code}).`,
        remedy:
          'Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from api.slack.com/apps; a token of an app that was removed stays refused.',
      };
  }
}
