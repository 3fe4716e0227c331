import { ESSENTIALS } from './topology/essentials.ts';

/** The documents that Lenz serves, by essential name. Nothing in them is parsed or tidied. */
export function lenzDocuments(): Record<string, unknown> {
  return Object.fromEntries(
    ESSENTIALS.map(({ name, effectiveFrom, datasets }) => [
      name,
      {
        GLOBAL: {
          [name]: {
            essentialName: name,
            context: 'GLOBAL',
            effectiveFrom,
            effectiveTo: null,
            displayName: name,
            modifiedByUserSid: null,
            info: null,
            schemaJson: { datasets: structuredClone(datasets) },
          },
        },
      },
    ]),
  );
}
