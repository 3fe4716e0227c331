/** Rights that let nobody change anything. */
const READING = new Set(['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES', 'PROCESS']);

/**
 * The rights in the lines of SHOW GRANTS that go beyond reading, each once, in the order in which they are granted. A line that
 * cannot be understood counts as going beyond: nobody is told that a login is harmless on a guess. Roles are named as such.
 */
export function grantsBeyondSelect(lines: readonly string[]): string[] {
  return [...new Set(lines.flatMap(rightsOf))].filter((right) => !READING.has(right));
}

function rightsOf(line: string): string[] {
  const granted = /^GRANT (.+?) ON (?:(?:TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY) )?[`"'*\w]/is.exec(line)?.[1];
  const further = /\bWITH .*\bGRANT OPTION\b/i.test(line.replaceAll(/[`'"][^`'"]*[`'"]/g, '')) ? ['GRANT OPTION'] : [];
  if (granted !== undefined) {
    const rights = granted.replaceAll(/\([^)]*\)/g, '').split(',');
    return [...rights.map((right) => right.trim().toUpperCase()), ...further];
  }
  const role = /^GRANT ([`"']?[\w-]+[`"']?(?:@\S+?)?(?:, ?[`"']?[\w-]+[`"']?(?:@\S+?)?)*) TO /i.exec(line)?.[1];
  if (role !== undefined) return [`role ${role.replaceAll(/[`"']/g, '')}`];
  // MariaDB says which role is the default one; that grants nothing by itself.
  if (/^SET DEFAULT ROLE /i.test(line) || /^REVOKE /i.test(line)) return [];
  return ['an unknown right'];
}
