/**
 * What `source` gives, in its order; it makes the next while the last is worked on, one ahead and no more. What it throws is thrown
 * where that one would have come. Nothing of it runs any more when this is over, also when whoever asks stops before the end.
 */
export async function* readAhead<Item>(source: AsyncGenerator<Item, void>): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (let last = await next; last.done !== true; last = await next) {
      next = source.next();
      // Whoever asks for it is told; nobody may ever ask.
      next.catch(() => undefined);
      yield last.value;
    }
  } finally {
    await source.return(undefined);
  }
}
