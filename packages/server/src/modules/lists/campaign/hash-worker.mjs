import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const piece = Buffer.allocUnsafeSlow(1 << 20);

for (const path of workerData) {
  const hash = createHash('sha256');
  const descriptor = openSync(path, 'r');
  try {
    for (let length = -1; length !== 0; ) {
      length = readSync(descriptor, piece);
      hash.update(piece.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
  parentPort.postMessage({ path, digest: hash.digest('hex') });
}
