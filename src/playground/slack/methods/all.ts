import type { Methods } from '../context.ts';
import { assistantMethods } from './assistant.ts';
import { chatMethods } from './chat.ts';
import { conversationsMethods } from './conversations.ts';
import { filesMethods } from './files.ts';
import { peopleMethods } from './people.ts';
import { reactionsMethods } from './reactions.ts';
import { streamMethods } from './stream.ts';
import { viewsMethods } from './views.ts';

/** Every Web API method that this workspace knows. */
export const allMethods: Methods = {
  ...peopleMethods,
  ...chatMethods,
  ...streamMethods,
  ...conversationsMethods,
  ...reactionsMethods,
  ...assistantMethods,
  ...viewsMethods,
  ...filesMethods,
};
