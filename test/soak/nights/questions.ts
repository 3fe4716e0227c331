import type { Answer } from '../../../src/agent/answer.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';

type Kind = Answer['kind'];

/** Questions that belong together: the later ones are replies in the thread of the first. */
export interface Conversation {
  /** Which answers the first may get; another kind is told as a deviation. */
  kinds: readonly Kind[];
  questions: readonly string[];
  /** What is out of order while it is asked. */
  without?: 'database' | 'lenz';
}

/** Every kind of question about a night, in the words of people. */
export function conversationsAbout(night: GeneratedNight): Conversation[] {
  const { essential, phase, businessDate: date, definitions, now } = night;
  const { datasets } = parseDefinition(definitions[essential], essential, now);
  // Whoever asks about a slice asks about one that they have heard of: another one of each night.
  const dataset = datasets[date.charCodeAt(9) % datasets.length];
  const slices = dataset?.slices ?? [];
  const slice = slices[date.charCodeAt(9) % Math.max(1, slices.length)];
  const short = dataset?.datasetId.split('-').at(-1) ?? '';
  const batch = `${essential} ${phase.toLowerCase()}`;
  const when = `on ${date}`;
  return [
    { kinds: ['status'], questions: [`how is ${batch} doing ${when}?`, 'why?', 'which tasks failed?'] },
    { kinds: ['progress'], questions: [`which step is ${batch} at ${when}?`, 'when will it finish?'] },
    { kinds: ['slices', 'clarification', 'refusal'], questions: [`slices of ${short} in ${batch} ${when}`, 'why?'] },
    ...(slice === undefined
      ? []
      : ([
          { kinds: ['slices', 'refusal'], questions: [`slice ${slice} of ${batch} ${when}`, 'has it failed before?'] },
        ] satisfies Conversation[])),
    { kinds: ['tasks'], questions: [`which tasks failed in ${batch} ${when}?`] },
    { kinds: ['history'], questions: [`has ${batch} failed in the last 10 business dates?`, 'last 20 days?'] },
    { kinds: ['night'], questions: ['what happened last night?', 'prelim', 'final'] },
    {
      kinds: ['causes'],
      questions: [`why is ${batch} late ${when}?`, 'what else is affected?', 'did the retry fix it?'],
    },
    { kinds: ['lateness', 'refusal'], questions: [`where did the time go in ${batch} ${when}?`] },
    { kinds: ['eta', 'refusal'], questions: [`when will ${batch} finish ${when}?`, 'will it make 7am?'] },
    {
      kinds: ['comparison', 'status', 'refusal'],
      questions: [`compare ${essential} prelim and final ${when}`, 'what changed since yesterday?'],
    },
    { kinds: ['durations', 'refusal'], questions: [`how long does ${batch} usually take?`] },
    { kinds: ['clarification'], questions: [`how is ${essential} on 03/04?`] },
    { kinds: ['clarification'], questions: ['when will it finish?'] },
    { kinds: ['refusal'], questions: [`restart ${essential}`] },
    { kinds: ['refusal'], questions: ['status of foobar'] },
    { kinds: ['refusal', 'night'], questions: ['status of <!channel> foobar <https://evil.example|x>'] },
    { kinds: ['help'], questions: ['what can you do?'] },
    { kinds: ['error'], questions: [`how is ${batch} doing ${when}?`], without: 'database' },
    { kinds: ['error'], questions: ['what happened last night?'], without: 'lenz' },
    ...several(Object.keys(definitions)),
  ];
}

function several([first, second]: readonly string[]): Conversation[] {
  if (first === undefined || second === undefined) return [];
  return [{ kinds: ['status'], questions: [`how are ${first} and ${second} doing?`] }];
}
