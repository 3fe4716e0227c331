import { writeFileSync } from 'node:fs';
import { renderExamples } from './examples.ts';

/** `npm run examples`: writes docs/examples.md. */
writeFileSync(new URL('../../docs/examples.md', import.meta.url), await renderExamples());
