// A worker does not inherit the loader of whoever starts it: TypeScript needs tsx here again.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { openListsWriter } = await import('./lists-writer.ts');
const writer = openListsWriter(workerData);
parentPort.on('message', async (page) => {
  await (page === null ? writer.finish() : writer.take(page));
  parentPort.postMessage(null);
});
