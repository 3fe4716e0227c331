/** What people say, and what Lenz calls it. The names of Lenz themselves need no entry. */
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
