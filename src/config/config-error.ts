import { SentryError } from '../errors.ts';

/** Everything that is wrong with the settings, at once. Names variables, never their values. */
export class ConfigError extends SentryError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const many = problems.length > 1;
    super(
      'CONFIG',
      `${many ? `${problems.length} settings need` : 'One setting needs'} attention:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      {
        remedy: `Correct ${many ? 'them' : 'it'} in the environment or in .env (docs/configuration.md describes every setting), then start again.`,
      },
    );
    this.problems = problems;
  }
}
