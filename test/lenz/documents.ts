import { readFileSync } from 'node:fs';

/** The definition of TB-Derivatives as Lenz gives it in production. */
export const TB_DERIVATIVES: unknown = JSON.parse(
  readFileSync(new URL('./fixtures/TB-Derivatives.json', import.meta.url), 'utf8'),
);

/** A document of Lenz around these datasets. */
export function documentOf(name: string, datasets: unknown, more: object = {}): unknown {
  return { GLOBAL: { [name]: { essentialName: name, schemaJson: { datasets }, ...more } } };
}

/** A document with one dataset, distinguishable from others. */
export function simpleDocument(name: string, datasetId = `com.example.${name}`): unknown {
  return documentOf(name, [{ datasetId, sequenceOrder: 0 }]);
}
