import { config } from 'zod';

// zod compiles its shapes with `new Function`, which the pages' policy refuses. Imported before any shape is made.
config({ jitless: true });
