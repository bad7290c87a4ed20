import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessPage } from './access-page.ts';
import { codesPage } from './codes-page.ts';
import { ROOT } from './repository.ts';

writeFileSync(join(ROOT, 'docs/codes.md'), codesPage());
writeFileSync(join(ROOT, 'docs/acces.md'), accessPage());
