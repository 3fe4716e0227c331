/** Evenly spread over [0, 1) whatever the count: the fractional parts of multiples of irrational numbers. */
export function even(night: number, salt: number): number {
  return ((night + 1) * 0.618_033_988_749_895 + (salt + 1) * 0.754_877_666_246_693) % 1;
}

/**
 * The value of each night; where a night has none, or one at or below what has already been waited for, that of another
 * night above it. When hardly any night went that far, it may also be longer than on any of them, by `beyond` on average.
 */
export function drawsAbove(
  values: readonly number[],
  threshold: number,
  beyond: number,
  salt: number,
): readonly number[] {
  if (values.every((value) => value > threshold)) return values;
  const above = values.filter((value) => value > threshold).sort((a, b) => a - b);
  const highest = above.at(-1) ?? (Number.isFinite(threshold) ? threshold : 0);
  return values.map((value, night) => {
    if (value > threshold) return value;
    const at = even(night, salt);
    // One more place than there are values: the next one might as well be the largest of all.
    const places = threshold === Number.NEGATIVE_INFINITY ? above.length : above.length + 1;
    const place = Math.floor(at * places);
    if (place < above.length) return above[place] as number;
    const rest = at * places - place;
    return highest - Math.log(1 - rest) * beyond;
  });
}
