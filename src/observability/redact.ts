const STRUCK = '[redacted]';
const NAME = String.raw`[\w.-]{0,40}(?:password|passwd|passphrase|secret|token|api[-_]?key|authorization|cookie|signature|credential)`;

/** Secrets that are known by their look, wherever they stand. Nothing matches a quote or backslash: JSON stays JSON. */
const LOOKS: readonly [RegExp, string][] = [
  // IAM tokens of RDS, whole: host:port/?Action=connect&…&X-Amz-Signature=…
  [/[\w.-]{0,255}(?::\d{1,5})?\/?\?[^\s"'\\?]*X-Amz-[^\s"'\\]*/gi, STRUCK],
  [/X-Amz-(?:Signature|Credential|Security-Token)(?:=|%3D)[^\s&"'\\]+/gi, STRUCK],
  [/\b(?:xoxe\.)?xox[a-z]-[\w-]+/gi, STRUCK],
  [/\bxapp-[\w-]+/gi, STRUCK],
  [/\bsk-[\w-]{8,}/g, STRUCK],
  [/\beyJ[\w-]+\.[\w-]+\.?[\w-]*/g, STRUCK],
  [/\b(Bearer|Basic|NTLM|Negotiate)\s+[\w.~+/=-]{8,}/gi, `$1 ${STRUCK}`],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'\\]+@/gi, `$1${STRUCK}@`],
  [/(https:\/\/hooks\.slack\.com\/)[^\s"'\\]+/gi, `$1${STRUCK}`],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?:[^"\\]|\\[nr])*/g, STRUCK],
  // "password":"…" as JSON, and as JSON inside a JSON string.
  [new RegExp(String.raw`("${NAME}"\s*:\s*")(?:[^"\\]|\\.)*"`, 'gi'), `$1${STRUCK}"`],
  [new RegExp(String.raw`(\\"${NAME}\\"\s*:\s*\\")(?:(?!\\").)*\\"`, 'gi'), `$1${STRUCK}\\"`],
  // password=… and api-key: … in running text.
  [new RegExp(String.raw`\b(${NAME}\s*[=:]\s*)(?!\[|Bearer|Basic|NTLM)[^\s&"'\\,;]+`, 'gi'), `$1${STRUCK}`],
];

/** A shorter value is no secret worth the name, and striking it out would shred every line. */
const SHORTEST = 4;

/**
 * Strikes secrets out of a text: those given, as they are and as JSON or a URL would write them, and all that look like one. The
 * list may grow: a renewed password is struck out from then on.
 */
export function createRedactor(secrets: readonly string[] = []): (text: string) => string {
  let known: string[] = [];
  let seen = 0;
  return (text) => {
    if (seen !== secrets.length) {
      known = spellings(secrets);
      seen = secrets.length;
    }
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, STRUCK);
    for (const [look, replacement] of LOOKS) clean = clean.replace(look, replacement);
    return clean;
  };
}

/** The longest first, lest a part of one is struck out of another. */
function spellings(secrets: readonly string[]): string[] {
  const all = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, jsonEscaped(secret), encodeURIComponent(secret.toWellFormed())]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function jsonEscaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}
