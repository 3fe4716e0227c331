import { posix } from 'node:path';
import { type Import, isBarrel, readImports, withoutComments } from './read-imports.ts';
import type { Rules } from './rules.ts';

/** Source files by their path below `src`. */
export type Tree = ReadonlyMap<string, string>;

const ROOT = 'composition root';

/** Everything in a source tree that the rules do not allow, one sentence each. */
export function checkTree(tree: Tree, rules: Rules): string[] {
  const problems: string[] = [];
  const between = new Map<string, Set<string>>();
  for (const [path, code] of tree) {
    const room = roomOf(path);
    if (room !== ROOT && room !== 'errors.ts' && !(room in rules.rooms))
      problems.push(`${path}: ${room} is not a room of the map`);
    problems.push(...checkFile(path, code));
    for (const found of readImports(code)) {
      const target = resolve(path, found.specifier);
      if (target === null) problems.push(...checkPackage(path, room, found.specifier, rules));
      else {
        problems.push(...checkImport(path, room, target, found, rules));
        const other = roomOf(target);
        if (other !== room && room !== ROOT && other !== ROOT)
          between.set(room, (between.get(room) ?? new Set()).add(other));
      }
    }
  }
  return [...problems, ...findCycles(between)];
}

function roomOf(path: string): string {
  if (path === 'errors.ts') return path;
  return path.includes('/') ? (path.split('/')[0] ?? '') : ROOT;
}

/** The path of an import below `src`; null for an outside package. */
function resolve(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null;
}

function checkFile(path: string, code: string): string[] {
  const problems: string[] = [];
  const name = posix.basename(path);
  if (/^index\.tsx?$/.test(name) || isBarrel(code)) problems.push(`${path}: is a barrel`);
  if (/(^|\/)(utils?|helpers?|common|misc)(\/|\.tsx?$)/.test(path)) problems.push(`${path}: a name that says nothing`);
  if (!path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?(\.[a-z0-9]+)?$/.test(part)))
    problems.push(`${path}: is not kebab-case`);
  const bare = withoutProse(withoutComments(code));
  if (
    !path.startsWith('config/') &&
    /\bprocess\s*(\?\.|\.|\[\s*['"])\s*env\b|\benv\b[^;]*from\s*['"](node:)?process['"]|import\.meta\.env/.test(bare)
  ) {
    problems.push(`${path}: reads the environment, which is for config alone`);
  }
  if (!path.endsWith('.d.ts') && /(^|\n)export default\b/.test(bare)) problems.push(`${path}: has a default export`);
  return problems;
}

/** Strings emptied, but for those that reach the environment: `process['env']`, `from 'node:process'`. */
function withoutProse(code: string): string {
  return code.replace(/(['"])([^'"\n]*)\1/g, (string, _quote, text) =>
    /^(env|(node:)?process)$/.test(text) ? string : "''",
  );
}

function checkPackage(path: string, room: string, specifier: string, rules: Rules): string[] {
  if (specifier === '<computed>') return [`${path}: imports a computed name`];
  if (specifier.startsWith('node:') && !(specifier in rules.packages)) {
    return rules.pure.includes(room) ? [`${path}: ${room} is pure and imports ${specifier}`] : [];
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const rooms = rules.packages[name] ?? rules.packages[`${name.split('/')[0]}/*`];
  if (!rooms) return [`${path}: ${name} is not a package of the map`];
  return rooms.includes('any') || rooms.includes(room) ? [] : [`${path}: ${room} may not import ${name}`];
}

function checkImport(path: string, room: string, target: string, found: Import, rules: Rules): string[] {
  const other = roomOf(target);
  if (!/\.[a-z]+$/.test(target)) return [`${path}: imports ${found.specifier} without its ending`];
  if (other === room || rules.shared.includes(other)) return [];
  if (other === 'playground' && found.dynamic && rules.loadPlayground.includes(path)) return [];
  const allowed = rules.rooms[room] ?? [];
  if (allowed.some((one) => one === other || target.startsWith(`${one}/`))) return [];
  return [`${path}: ${room} may not import ${target}`];
}

function findCycles(between: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const cycles = new Set<string>();
  const visit = (room: string, way: readonly string[]) => {
    const at = way.indexOf(room);
    if (at >= 0) {
      const cycle = way.slice(at);
      const first = cycle.indexOf([...cycle].sort()[0] ?? '');
      cycles.add(
        `rooms import each other in a circle: ${[...cycle.slice(first), ...cycle.slice(0, first)].join(' → ')}`,
      );
      return;
    }
    for (const next of between.get(room) ?? []) visit(next, [...way, room]);
  };
  for (const room of between.keys()) visit(room, []);
  return [...cycles].sort();
}
