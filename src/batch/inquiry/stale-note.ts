import type { Definition } from '../definition.ts';
import type { Note } from '../finding.ts';
import { HOUR, MINUTE } from '../instant.ts';

/** Says how old the definitions are that had to be used although Lenz gave no newer ones; nothing when all are fresh. */
export function staleNote(definitions: readonly Definition[]): Note[] {
  const ages = definitions.flatMap(({ staleForMs }) => (staleForMs === undefined ? [] : [staleForMs]));
  if (ages.length === 0) return [];
  const age = spellAge(Math.max(...ages));
  const [only] = definitions;
  return [
    definitions.length === 1 && only
      ? `Lenz gave no newer definition of ${only.name}: the one used here is ${age} old.`
      : `Lenz gave no newer definition for ${ages.length} of ${definitions.length} essentials: the oldest used here is ${age} old.`,
  ];
}

function spellAge(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  const hours = Math.floor(ms / HOUR);
  if (minutes < 1) return 'less than a minute';
  if (hours < 1) return `${minutes} min`;
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}
