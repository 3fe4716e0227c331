/** A database's name inside double quotes, for SQLite. Kysely quotes everything else. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
