/** Every Web API method that SENTRY calls, with the bot scopes it needs. The gateway can call no other. */
export const METHOD_SCOPES = {
  'auth.test': [],
  // With the app-level token, which has scopes of its own.
  'apps.connections.open': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.appendStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  // Who asks and who reads along: see docs/access.md for what each is missed for.
  'users.info': ['users:read'],
  'usergroups.users.list': ['usergroups:read'],
  'conversations.info': ['channels:read', 'groups:read', 'mpim:read'],
  'agents.sessions.setStatus': ['assistant:write'],
  'views.open': [],
  'views.update': [],
  'views.publish': [],
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
} as const satisfies Record<string, readonly string[]>;

export type Method = keyof typeof METHOD_SCOPES;

/** Every event that is listened to under its name in code, with the manifest's events behind it and the scopes of each. */
export const EVENT_SCOPES = {
  app_mention: { app_mention: ['app_mentions:read'] },
  message: {
    'message.channels': ['channels:history'],
    'message.groups': ['groups:history'],
    'message.im': ['im:history'],
  },
  app_home_opened: { app_home_opened: [] },
  agent_session_stopped: { agent_session_stopped: ['assistant:write'] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** Slash commands need this one. */
export const COMMAND_SCOPE = 'commands';

export const COMMAND = '/sentry';

/** The message shortcut, by its callback id. */
export const INVESTIGATE = 'sentry_investigate';
