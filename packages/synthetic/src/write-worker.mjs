// A worker does not inherit the loader of whoever starts it: TypeScript needs tsx here again.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { PartWriter } = await import('./write-part.ts');
const writer = new PartWriter(workerData);
parentPort.on('message', (academy) => parentPort.postMessage(writer.write(academy)));
