import { describe, expect, it } from 'vitest';
import { grantsBeyondSelect } from '../../src/db/grants.ts';

describe('rights that go beyond reading', () => {
  it.each([
    [[], "GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*A'"],
    [[], 'GRANT SELECT, SHOW VIEW ON `airflow`.* TO `r`@`%`'],
    [[], 'GRANT SELECT (`STATUS`, `BUSINESS_DATE`) ON `f`.`WORKFLOW_RUN_INSTANCE` TO `r`@`%`'],
    [['INSERT', 'UPDATE'], 'GRANT SELECT, INSERT, UPDATE (`STATUS`) ON `f`.`t` TO `r`@`%`'],
    [['ALL PRIVILEGES', 'GRANT OPTION'], "GRANT ALL PRIVILEGES ON *.* TO 'r'@'%' WITH GRANT OPTION"],
    [['GRANT OPTION'], 'GRANT SELECT ON `f`.* TO `r`@`%` REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 9 GRANT OPTION'],
    [[], 'GRANT SELECT ON `WITH x GRANT OPTION`.* TO `r`@`%`'],
    [['EXECUTE'], 'GRANT EXECUTE ON PROCEDURE `f`.`p` TO `r`@`%`'],
    [['CONNECTION_ADMIN', 'ROLE_ADMIN'], 'GRANT CONNECTION_ADMIN,ROLE_ADMIN ON *.* TO `r`@`%`'],
    [['role rds_superuser_role@%'], 'GRANT `rds_superuser_role`@`%` TO `AuroraReadWrite`@`%`'],
    [['role writers'], 'GRANT `writers` TO `r`@`%`'],
    [['PROXY'], "GRANT PROXY ON ''@'' TO 'root'@'localhost'"],
    [[], 'SET DEFAULT ROLE `readers` FOR `r`@`%`'],
    [['an unknown right'], 'PERMIT anything'],
  ])('are %j in: %s', (rights, line) => {
    expect(grantsBeyondSelect([line])).toEqual(rights);
  });

  it('are told once', () => {
    const lines = ['GRANT SELECT, INSERT ON `a`.* TO `r`@`%`', 'GRANT INSERT ON `b`.* TO `r`@`%`'];
    expect(grantsBeyondSelect(lines)).toEqual(['INSERT']);
  });
});
