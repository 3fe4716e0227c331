/** `npm run bench [number]`: questions in a row; `npm run bench -- engine [rounds]`: the engine on a large essential. */
if (process.argv[2] === 'engine') {
  const { benchEngine } = await import('./engine.ts');
  process.exitCode = (await benchEngine(Number(process.argv[3] ?? 15))) ? 0 : 1;
} else {
  await import('./questions.ts');
}
