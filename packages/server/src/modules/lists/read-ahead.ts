/**
 * What `source` gives, in its order; it makes the next while the last is worked on, one ahead and no more. What it throws is thrown
 * where that one would have come. Nothing of it runs any more when this is over, also when whoever asks stops before the end.
 */
export async function* readAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (let { done, value } = await next; done !== true; { done, value } = await next) {
      next = source.next();
      // Whoever asks for it is told; nobody may ever ask.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
