import type { EssentialNames } from '../batch/essential-names.ts';

/**
 * Whether a reply without a mention asks SENTRY anything. People also talk to each other in these threads, so that a
 * statement is left alone and only what reads as a question, a request or a follow-up of a few batch words is answered.
 */
export function asksSomething(text: string, names: Pick<EssentialNames, 'find'> | null = null): boolean {
  const said = withNames(spokenPart(text), names);
  if (!/[\p{L}\p{N}]/u.test(said)) return false;
  if (isClosing(said)) return false;
  const body = withoutOpening(said);
  if (/\?\s*(?:$|[\s)\]"'!?])/.test(said)) return true;
  if (body === '' || isReport(body)) return false;
  return startsLikeAQuestion(body) || startsLikeARequest(body) || isFollowUp(body);
}

/** "Thanks", "ok", "on it", "👍": ends an exchange and wants no answer, even with a question mark behind it. */
export function isClosing(text: string): boolean {
  const words = wordsOf(spokenPart(text));
  return words.length <= 8 && words.every((word) => CLOSING.has(word));
}

const set = (words: string) => new Set(words.split(/\s+/).filter((word) => word !== ''));

const CLOSING = set(`
  thanks thank thx ty tysm cheers you u so much very many lot a
  ok okay okey k kk yes yep yeah yup no nope nah sure fine right alright roger copy ack acked noted understood gotcha got it
  great good nice perfect awesome excellent brilliant cool super lovely amazing neat wow well job work done sounds looks
  all sorted lgtm +1 plus1 np welcome cu bye goodnight night morning hi hello hey
  merci danke gracias please pls sentry team guys folks everyone again that this makes sense will do on
`);

/** Words that may stand before the question itself. */
const OPENING = set(
  'and also then so now ok okay well but or hey hi hello please pls plz thanks thx cool great right sentry alright hmm um oh',
);

const ASKING = set('what whats why when whens which where wheres who whos whose how hows whom');
/** A question when a subject follows: "did it recover", but not "will rerun". */
const AUXILIARY = set(`
  is are was were am do does did has have had can could will would should shall may might isnt arent wasnt werent doesnt didnt hasnt havent
  cant couldnt wont wouldnt any anything anyone
`);
const SUBJECT = set(`
  it that this these those there they we you i he she the a an any all some everything anything something nothing one ones
  step steps slice slices task tasks run runs batch batches dataset datasets prelim final status
`);
/** Words that want something when they come first. */
const REQUEST = set(`
  show list tell give explain describe summarise summarize compare check find count display get fetch detail break drill
  expand status progress history eta details breakdown overview summary repeat remind refresh
`);

/** The vocabulary of batches: a few of these words and nothing else is a follow-up ("final, EMEA only"). */
const BATCH_WORDS = set(`
  prelim preliminary final manual slice slices task tasks run runs dataset datasets step steps status progress history failed failures
  failure failing errors error attempts attempt eta details detail duration durations start end time batch batches essential essentials
  yesterday today tonight last night monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  intercompany root cause causes rca deadline deadlines sla critical path slowest blast radius impact
  emea apac na amer amrs latam asia europe
`);
const SMALL = set(
  'the a an of for on in at to from by and or with only just same again but not all about as instead per',
);

/** Somebody tells what they do or did. */
const REPORT = [
  /^(?:i|we|im|ive|ill|id|were|weve|well|they|theyre|theyve|he|she|hes|shes|lets|let|someone|somebody)\b/,
  /^(?:just|already|now|currently|still|going to|gonna|about to|trying to|have to|had to|need to|needs to|will(?! (?:it|this|that|we|they|batch|prelim|final)\b))\b/,
  /^(?!(?:any|every)thing\b)[a-z]+ing\b/,
  /^(?:fixed|restarted|reran|rerun|retried|retriggered|triggered|kicked|raised|opened|closed|paged|pinged|asked|called|deployed|merged|rolled|reverted|resolved|escalated|checked|confirmed|looked|found|saw|seen|done|known|fyi|btw|note|same here|me too|not sure|no idea|my bad|sorry|never mind|nevermind|nvm|ignore|all good|false alarm)\b/,
  /^(?:that|this|it|its|thats|there|theres|these|those)\b/,
];

function isReport(body: string): boolean {
  return REPORT.some((pattern) => pattern.test(body));
}

function startsLikeAQuestion(body: string): boolean {
  const [first = '', second = '', third = ''] = body.split(' ');
  if (first === 'what' || first === 'how')
    return !/^(?:a|an|nice|great|odd|weird|strange|lovely|annoying|unlucky)$/.test(second);
  if (first === 'when' || first === 'where') return AUXILIARY.has(second) || /^(?:s|exactly)$/.test(second);
  if (first === 'who') return second !== 'knows' && second !== 'cares';
  if (first === 'why' || first === 'which') return second !== 'is' || third !== 'why';
  if (ASKING.has(first)) return true;
  if (first === 'any' || first === 'anything' || first === 'anyone') return true;
  return (
    AUXILIARY.has(first) && (SUBJECT.has(second) || BATCH_WORDS.has(second)) && !(first === 'may' && /^\d/.test(second))
  );
}

function startsLikeARequest(body: string): boolean {
  const [first = '', second = ''] = body.split(' ');
  if (!REQUEST.has(first)) return false;
  if (/^(?:show|list|tell|give|find|get|count|display)$/.test(first)) return true;
  // "status is green again", "progress looks good", "check passed": about it, not for it.
  return !/^(?:is|was|are|were|looks?|seems|has|had|passed|failed|done|ok|good|fine|green|in)$/.test(second);
}

/** "and final", "the EMEA slices of intercompany", "SNU": little, and nothing but batch words, names, dates and small words. */
function isFollowUp(body: string): boolean {
  const words = body.split(' ');
  if (words.length > 9) return false;
  if (/^(?:what|how) about\b|^same (?:for|but|with)\b/.test(body)) return true;
  const known = words.filter((word) => BATCH_WORDS.has(word) || isIdentifier(word));
  const strange = words.filter((word) => !BATCH_WORDS.has(word) && !SMALL.has(word) && !isIdentifier(word));
  if (known.length === 0 || strange.length > 0) return false;
  return !saysWhatHappened(words);
}

/** "prelim failed again", "EMEA failed": a subject and its verb are a statement, not a follow-up. */
function saysWhatHappened(words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.indexOf('failed') > 0 &&
    !words.includes('tasks') &&
    !words.includes('slices') &&
    !words.includes('runs')
  );
}

/** Dates, numbers, and ids with `_`, `-` or `.` in them. */
function isIdentifier(word: string): boolean {
  return (
    /^\d{1,4}(?:st|nd|rd|th)?$/.test(word) ||
    /^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?$/.test(word) ||
    /^[a-z0-9]+(?:[_.-][a-z0-9]+)+$/.test(word)
  );
}

/** Every name of a batch becomes the one word `batch`. */
function withNames(text: string, names: Pick<EssentialNames, 'find'> | null): string {
  const exact = names?.find(text).filter((match) => match.kind === 'exact') ?? [];
  return exact.reduceRight((said, match) => `${said.slice(0, match.start)}batch${said.slice(match.end)}`, text);
}

/** Without addresses, emoji names and quoted lines: a `?` in a link asks nothing. */
function spokenPart(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('>'))
    .join('\n')
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, ' ')
    .replace(/:[a-z0-9_+'-]+:/gi, ' ')
    .trim();
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}_./+-]+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^[./-]+|[./-]+$/g, ''))
    .filter((word) => word !== '');
}

function withoutOpening(text: string): string {
  const words = wordsOf(text);
  while (words.length > 0 && OPENING.has(words[0] as string)) words.shift();
  return words.join(' ');
}
