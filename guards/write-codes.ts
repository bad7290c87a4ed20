import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aipdPage } from '../packages/server/src/app/privacy/aipd-page.ts';
import { registerPage } from '../packages/server/src/app/privacy/register-page.ts';
import { STORE_RETENTION } from '../packages/server/src/app/store/retention.ts';
import { readTerms } from '../packages/server/src/modules/privacy/index.ts';
import { accessPage } from './access-page.ts';
import { codesPage } from './codes-page.ts';
import { faultsPage } from './faults-page.ts';
import { ROOT } from './repository.ts';

const schema = readFileSync(join(ROOT, 'packages/server/schema.txt'), 'utf8');
const terms = readTerms(STORE_RETENTION, undefined);
const aipd = join(ROOT, 'docs/aipd.md');

writeFileSync(join(ROOT, 'docs/codes.md'), codesPage());
writeFileSync(join(ROOT, 'docs/defauts.md'), faultsPage());
writeFileSync(join(ROOT, 'docs/acces.md'), accessPage());
writeFileSync(join(ROOT, 'docs/registre.md'), registerPage(schema, STORE_RETENTION, terms));
writeFileSync(aipd, aipdPage(readFileSync(aipd, 'utf8'), schema, STORE_RETENTION, terms));
