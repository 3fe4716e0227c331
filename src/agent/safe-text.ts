/**
 * Text that came from a database, Slack or the model, made harmless to show: no control or direction characters, no
 * mention, link, image, HTML or code fence. Ordinary ids and names pass unchanged, so that they can be compared and copied.
 */
export function safeText(text: string, maxChars = 200): string {
  const flat = stripControls(text)
    .replaceAll('`', "'")
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('@', '[at]')
    .replace(/([a-z][a-z0-9+.-]*):\/\//gi, '$1[:]//')
    .replace(/(mailto|\bjavascript|\bdata|\btel):(?=\S)/gi, '$1[:]')
    .replace(/\bwww\./gi, 'www[.]')
    // Last, since the brackets set above could complete an image or a link.
    .replace(/!+\[/g, '[')
    .replace(/\]\(/g, '] (')
    .replace(/\s+/g, ' ')
    .trim();
  return bounded(flat, maxChars);
}

/** A name or an id as inline code, in which Markdown and Slack read nothing. */
export function code(text: string, maxChars = 160): string {
  const safe = safeText(text, maxChars);
  return safe === '' ? '—' : `\`${safe}\``;
}

/** Without control, zero-width and direction-changing characters; line breaks and tabs become blanks. */
export function stripControls(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFC-\uFFFF]/gu, '');
}

/** Cut at a character boundary, with an ellipsis that says so. */
export function bounded(text: string, maxChars: number): string {
  const characters = [...text];
  return characters.length <= maxChars ? text : `${characters.slice(0, maxChars - 1).join('')}…`;
}
