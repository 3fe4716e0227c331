import { COMMAND_SCOPE, EVENT_SCOPES, METHOD_SCOPES } from './requirements.ts';

type Scope = (typeof METHOD_SCOPES)[keyof typeof METHOD_SCOPES][number] | 'app_mentions:read' | typeof COMMAND_SCOPE;

/** What is missed without each, in a few words. */
const WITHOUT: Record<Scope, string> = {
  'app_mentions:read': 'mentions are not heard',
  'assistant:write': 'no working line, no Stop of Slack’s own, no suggested questions',
  'channels:history': 'no follow-ups in threads of public channels',
  'channels:read': 'commands and buttons in public channels are denied',
  'chat:write': 'nothing can be posted',
  commands: 'no /sentry',
  'files:write': 'no pictures',
  'groups:history': 'no follow-ups in threads of private channels',
  'groups:read': 'commands and buttons in private channels are denied',
  'im:history': 'no direct messages',
  'mpim:read': 'commands and buttons in group messages are denied',
  'usergroups:read': 'user groups in the access rules open nothing',
  'users:read': 'guests pass for members',
};

/** "files:write (no pictures)": what a token lacks of all that the code uses. `granted`: as Slack names them with every answer. */
export function missingScopes(granted: readonly string[]): string[] {
  const ofEvents = Object.values(EVENT_SCOPES).flatMap((events) => Object.values(events).flat() as Scope[]);
  const needed = new Set<Scope>([...Object.values(METHOD_SCOPES).flat(), ...ofEvents, COMMAND_SCOPE]);
  return [...needed]
    .filter((scope) => !granted.includes(scope))
    .sort()
    .map((scope) => `${scope} (${WITHOUT[scope]})`);
}
