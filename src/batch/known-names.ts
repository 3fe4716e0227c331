/** Names that people use → names that Lenz knows. Exact Lenz names are names too. */
export const KNOWN_NAMES: Readonly<Record<string, string>> = {
  '6G': '6G-FR2052a-E2E',
  FR2052A: '6G-FR2052a-E2E',
  PBSYNTHETICS: 'PBSynthetics',
  SNU: 'SNU',
  'SNU STRATEGIC': 'SNU-Strategic',
  'SNU REG STRATEGIC': 'SNU-REG-STRATEGIC',
  COLLATERAL: 'TB-Collateral',
  DERIVATIVES: 'TB-Derivatives',
  DERIV: 'TB-Derivatives',
  SECURITIES: 'TB-Securities',
  SECFIN: 'TB-SecFIn',
  CFG: 'TB-CFG',
  SMAA: 'TB-SMAA',
  UPC: 'UPC',
};
