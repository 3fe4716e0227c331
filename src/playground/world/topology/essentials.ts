import { SIX_G } from './six-g.ts';
import { SNU } from './snu.ts';
import { SNU_REG_STRATEGIC, SNU_STRATEGIC } from './snu-strategic.ts';
import { TB_CFG, TB_SMAA, UPC } from './tb-balance-sheet.ts';
import { PB_SYNTHETICS, TB_DERIVATIVES } from './tb-derivatives.ts';
import { TB_COLLATERAL, TB_SECFIN, TB_SECURITIES } from './tb-securities.ts';
import type { EssentialTopology } from './types.ts';

/** The twelve essentials of the simulated world, as Lenz defines them. */
export const ESSENTIALS: readonly EssentialTopology[] = [
  SIX_G,
  PB_SYNTHETICS,
  SNU,
  SNU_STRATEGIC,
  SNU_REG_STRATEGIC,
  TB_COLLATERAL,
  TB_DERIVATIVES,
  TB_SECURITIES,
  TB_SECFIN,
  TB_CFG,
  TB_SMAA,
  UPC,
];
