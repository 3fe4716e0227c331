import type { Digest } from '../digest/digest.ts';

interface Output {
  json: boolean;
  write(text: string): void;
}

/** Prints a digest as it would be posted now. */
export function showDigest(digest: Digest, { json, write }: Output): number {
  write(json ? `${JSON.stringify(digest)}\n` : `${textOf(digest)}\n`);
  return 0;
}

function textOf({ title, lines, causes, ends, runs, notes }: Digest): string {
  const batches = lines.map(
    ({ essential, phase, status, headline, news }) =>
      `${essential} ${phase}: ${status}, ${headline}${news === null ? '' : ` (${news})`}`,
  );
  return [
    [title],
    batches,
    titled('Why', causes),
    titled('What is late or still to come', ends),
    titled('What ran late or long', runs),
    titled('To be known', notes),
  ]
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
}

function titled(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${title}:`, ...texts.map((text) => `- ${text}`)];
}
