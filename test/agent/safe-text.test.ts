import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, safeText } from '../../src/agent/safe-text.ts';

describe('safe text', () => {
  it.each([
    'FGW_slsline_calculator_e15_V2_2026-02-13_DERIV-EMEA-SLICE-2_1771000676695',
    'com.jpmc.ct.lri.derivatives-slsline_calculator_e15',
    'enrich_com.jpmc.ct.lri.intercompany-intercompany_results',
    'pod-17.cluster',
  ])('leaves %s as it is', (id) => {
    expect(safeText(id)).toBe(id);
  });

  it('has no mention, link, code mark or control character, whatever goes in', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc
            .array(
              fc.constantFrom(
                '<',
                '!',
                '@',
                '](',
                'http',
                '://',
                '`',
                'www.',
                '![',
                'mailto:',
                'x',
                '\u0000',
                '\u200b',
              ),
              { maxLength: 20 },
            )
            .map((parts) => parts.join('')),
        ),
        (text) => {
          const safe = safeText(text, 80);
          expect(safe).not.toMatch(/[`<>@\p{Cc}\p{Cf}]|\]\(|!\[|[a-z]:\/\/|mailto:\S/iu);
          expect([...safe].length).toBeLessThanOrEqual(80);
          expect(code(text)).toMatch(/^(`[^`]+`|—)$/);
        },
      ),
    );
  });
});
