import type { SlackConfig } from './config.ts';
import type { VariableName } from './environment.ts';
import type { SettingsScope } from './source-settings.ts';

const SLACK: readonly VariableName[] = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'];

/** The workspace: whole or not at all. With an app-level token it is Socket Mode, which needs no address of one's own. */
export function readSlack({ env, values, production, problem }: SettingsScope): SlackConfig | null {
  const isSet = (name: VariableName) => Boolean(env[name]?.trim());
  if (!SLACK.some(isSet)) {
    if (production)
      problem(
        'SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET) are missing: production never starts the playground.',
      );
    return null;
  }
  if (!isSet('SLACK_BOT_TOKEN')) problem('SLACK_BOT_TOKEN is missing while other SLACK_ variables are set.');
  if (!isSet('SLACK_APP_TOKEN') && !isSet('SLACK_SIGNING_SECRET')) {
    problem(
      'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing while other SLACK_ variables are set.',
    );
  }
  const common = { botToken: values.SLACK_BOT_TOKEN ?? '', apiUrl: values.SLACK_API_URL ?? null };
  if (values.SLACK_APP_TOKEN) return { kind: 'socket', ...common, appToken: values.SLACK_APP_TOKEN };
  return { kind: 'http', ...common, signingSecret: values.SLACK_SIGNING_SECRET ?? '' };
}
