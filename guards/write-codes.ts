import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codesPage } from './codes-page.ts';
import { ROOT } from './repository.ts';

writeFileSync(join(ROOT, 'docs/codes.md'), codesPage());
