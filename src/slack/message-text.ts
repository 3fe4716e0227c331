import { clean } from './blocks/pieces/text.ts';

/** What is read of one message; far beyond any sensible question, so that "too long" can be said by who judges it. */
const MAX_READ = 12_000;

const USER = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

/** The users mentioned in a message, as Slack encodes them. */
export function mentionedUsers(text: string): string[] {
  return [...text.matchAll(USER)].map((match) => match[1] as string);
}

/** A whole group is addressed: a user group, `@here`, `@channel`, `@everyone`. */
export function mentionsGroup(text: string): boolean {
  return /<!(?:subteam\^|here|channel|everyone)/.test(text);
}

/** What a person wrote, from Slack's encoding of it: entities and markup decoded, SENTRY's own mention left out. */
export function personText(text: string, ownUserId: string): string {
  const spoken = text
    .slice(0, MAX_READ)
    .replace(USER, (_whole, id: string) => (id === ownUserId ? ' ' : `@${id}`))
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<#([A-Z0-9]+)>/g, '#$1')
    .replace(/<!subteam\^[A-Z0-9]+(?:\|@?([^>]*))?>/g, (_whole, handle?: string) => `@${handle ?? 'group'}`)
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto|tel):[^|>]*)\|([^>]*)>/g, '$2')
    .replace(/<((?:https?|mailto|tel):[^>]*)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
  return clean(spoken).trim();
}

/** Whether there is anything to read in it: a letter or a digit in any script. Emoji names (`:tada:`) are not words. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/:[a-z0-9_+'-]+:/gi, ' '));
}
