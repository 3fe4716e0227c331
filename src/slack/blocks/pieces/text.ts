/** Characters that a person cannot see and that change what they see: controls, direction overrides, zero-width ones. */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]--[\n\t\u200C\u200D]]/gv;

/** Sits between two characters without being seen, and keeps Slack from reading them as a mention or a link. */
const JOINER = '\u2060';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Untrusted text without what cannot be seen, well-formed, with ordinary line breaks. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSEEN, '');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** At most `limit` UTF-16 units, cut between graphemes, with an ellipsis where something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = GRAPHEMES.segment(text.slice(0, limit + 64)).containing(limit - 1)?.index ?? 0;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Takes the power from what would notify people or become a link, and leaves it readable. */
export function defuse(text: string): string {
  return text
    .replace(/@(?=[\p{L}\p{N}_])/gu, `@${JOINER}`)
    .replace(/(?<=[a-z0-9+.-]):\/\//giu, `:${JOINER}//`)
    .replace(/\b(mailto|tel|slack|javascript|data):(?=\S)/giu, `$1:${JOINER}`)
    .replace(/\bwww\.(?=\S)/giu, `www${JOINER}.`);
}

/** The three characters that carry meaning in Slack's own markup. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Untrusted text for a mrkdwn field: one line, defused, without formatting of its own, at most `limit` once escaped. */
export function words(text: string, limit = 300): string {
  const plain = defuse(oneLine(text)).replace(/[*~`]/g, '');
  return within(plain, limit, escapeMrkdwn);
}

/** Untrusted text in monospace. Backticks would end it, hence are replaced. */
export function code(text: string, limit = 200): string {
  const plain = oneLine(text).replace(/`/g, "'");
  return plain === '' ? '`–`' : `\`${within(plain, limit - 2, escapeMrkdwn)}\``;
}

/** Untrusted text for a plain_text field or a message's `text`, which Slack reads as mrkdwn: defused and escaped. */
export function plain(text: string, limit = 3000): string {
  return within(defuse(clean(text)), limit, escapeMrkdwn);
}

/** Untrusted text as a quotation: a `>` before every line. */
export function quote(text: string, limit = 400): string {
  const lines = clean(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const shown = defuse(lines.join('\n')).replace(/[*~`]/g, '');
  return within(shown, limit, escapeMrkdwn)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** The longest cut of `text` that is within `limit` after `encode`. */
function within(text: string, limit: number, encode: (text: string) => string): string {
  let allowed = Math.min(limit, text.length);
  let encoded = encode(cut(text, allowed));
  while (encoded.length > limit && allowed > 1) {
    allowed = Math.max(1, allowed - Math.max(1, Math.ceil((encoded.length - limit) / 5)));
    encoded = encode(cut(text, allowed));
  }
  return encoded;
}

/** A link that whoever runs SENTRY wrote down; nothing where it is no plain https address. */
export function httpsLink(url: string, label: string): string {
  if (!/^https:\/\/[^\s<>|"'`]{1,400}$/.test(url) || !URL.canParse(url)) return '';
  return `<${escapeMrkdwn(new URL(url).href)}|${words(label, 60)}>`;
}
