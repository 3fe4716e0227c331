/** Lines in groups that fit into a section each: of at most 2,800 characters unless told. */
export function chunks(lines: readonly string[], limit = 2800): string[][] {
  const out: string[][] = [];
  let size = 0;
  for (const line of lines) {
    const last = out.at(-1);
    if (!last || size + line.length + 1 > limit) {
      out.push([line]);
      size = line.length;
    } else {
      last.push(line);
      size += line.length + 1;
    }
  }
  return out;
}
