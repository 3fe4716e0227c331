import { clean, code, cut, defuse, words } from './text.ts';

/**
 * Markdown by a model or a planner, made harmless for Slack's `markdown` block: mentions and links lose their power and stay
 * readable, emphasis, lists, code and tables remain.
 */
export function harmlessMarkdown(text: string, limit = 2800): string {
  const safe = defuse(clean(text))
    // Slack's own markup, HTML and autolinks all open with `<`; "< 5 min" does not.
    .replace(/<(?=[!@#/a-z])/giu, '‹')
    // An image or link needs its bracket and its parenthesis side by side.
    .replace(/!\[/g, '[')
    .replace(/\](?=[([:])/g, '] ')
    .trim();
  return cut(safe, limit);
}

/** One line of Markdown as escaped mrkdwn: code spans stay, other marks go. */
export function inline(text: string, limit = 600): string {
  const marked = clean(text)
    .replace(/\s+/g, ' ')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .trim();
  const pieces = cut(marked, Math.floor(limit * 0.8)).split(/(`[^`]+`)/);
  const shown = pieces.map((piece) => (/^`[^`]+`$/.test(piece) ? code(piece.slice(1, -1), limit) : spaced(piece)));
  const joined = shown.join('');
  return joined.length <= limit ? joined : words(withoutMarks(text), limit);
}

/** `words` trims; between code spans the blanks at both ends matter. */
function spaced(piece: string): string {
  const lead = /^\s/.test(piece) ? ' ' : '';
  const trail = /\s$/.test(piece) && piece.trim() !== '' ? ' ' : '';
  return `${lead}${words(piece, 3000)}${trail}`;
}

/** One line of Markdown without its marks, for places that take plain words. */
export function withoutMarks(text: string): string {
  return clean(text)
    .replace(/\s+/g, ' ')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/^#+\s+/, '')
    .trim();
}
