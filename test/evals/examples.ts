import { WORLD_SEED } from '../../src/playground/open-world.ts';
import { PLATFORM_ZONE } from '../../src/playground/world/calendar.ts';
import { createWorld } from '../../src/playground/world/world.ts';
import { openProduct } from './product.ts';

/** Saturday 21 November 2026, 03:12 in New York: the night of the README. */
const NIGHT = Date.parse('2026-11-21T08:12:00Z');

export const QUESTIONS: readonly string[] = [
  'why is snu late?',
  'what is blocking fr2052a?',
  'did the retry fix it in derivatives?',
  'what happened last night?',
  'when will securities final finish?',
  'will fr2052a make 7am?',
  'where did the time go in fr2052a?',
  'which slice of market_value is slow in securities?',
  'what changed since yesterday in collateral?',
  'has derivatives failed before?',
];

/** The page of examples: what the product says to each question in the simulated world, as it would post it. */
export async function renderExamples(): Promise<string> {
  const { tables, definitions } = createWorld({ seed: WORLD_SEED, now: NIGHT });
  const product = await openProduct({ tables, definitions, now: NIGHT, zone: PLATFORM_ZONE });
  try {
    const answers: string[] = [];
    for (const question of QUESTIONS) {
      const { text, error } = await product.ask(question);
      if (error !== null) throw new Error(`${question}: ${error.message}`);
      answers.push(`## ${question}\n\n${quoted(text)}`);
    }
    return `# Ten questions and their answers

Asked in the simulated world, at 03:12 in New York on a Saturday, without a model: rules pick the tools and word the answers.
Written by \`npm run examples\`; a test asks again and compares. The same from a terminal:

    SENTRY_NOW=${new Date(NIGHT).toISOString()} npm run ask -- "${QUESTIONS[0]}"

${answers.join('\n\n')}
`;
  } finally {
    await product.stop();
  }
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
