// Loaded before the program by the tests: ends it as a power cut would, right before the file or folder whose path ends
// with KILL_BEFORE_RENAME_TO takes its place.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  if (String(to).endsWith(process.env.KILL_BEFORE_RENAME_TO)) process.kill(process.pid, 'SIGKILL');
  rename(from, to);
};
syncBuiltinESMExports();
