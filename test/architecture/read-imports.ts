export interface Import {
  specifier: string;
  dynamic: boolean;
}

/** The code without comments, so that prose about imports is not taken for imports. Strings stay. */
export function withoutComments(code: string): string {
  return code.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`)|\/\*[\s\S]*?\*\/|(^|[^:\\])\/\/[^\n]*/g,
    (_all, string: string | undefined, before: string | undefined) => string ?? before ?? '',
  );
}

/** Every import and re-export of a module, type-only ones included. An import of a computed name shows as `<computed>`. */
export function readImports(code: string): Import[] {
  const bare = withoutComments(code);
  const found: Import[] = [];
  for (const match of bare.matchAll(/(?:^|[\n;])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?(['"])([^'"\n]+)\1/g)) {
    found.push({ specifier: match[2] ?? '', dynamic: false });
  }
  for (const match of bare.matchAll(/\bimport\s*\(\s*(?:(['"])([^'"\n]+)\1\s*[,)])?/g)) {
    found.push({ specifier: match[2] ?? '<computed>', dynamic: true });
  }
  return found;
}

/** Whether a module does nothing but hand on what other modules export. */
export function isBarrel(code: string): boolean {
  const rest = withoutComments(code).trim();
  const handedOn = /^export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*(['"])[^'"]+\1;?\s*/;
  let left = rest;
  while (handedOn.test(left)) left = left.replace(handedOn, '');
  return rest !== '' && left === '';
}
