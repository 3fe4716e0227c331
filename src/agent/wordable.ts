import type { Finding } from '../batch/finding.ts';

/** Whether there is anything to word: a question back, a refusal and the help are written as they are said. */
export function isWordable({ kind }: Finding): boolean {
  return kind !== 'clarification' && kind !== 'refusal' && kind !== 'help';
}
