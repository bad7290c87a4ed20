/**
 * What all of `works`, which have begun, give, once every one of them is over: nothing goes on any more when somebody is told of an error, which is
 * that of the first in their order that failed.
 */
export async function allOver<const Works extends readonly unknown[]>(
  works: Works,
): Promise<{ -readonly [Nth in keyof Works]: Awaited<Works[Nth]> }> {
  const outcomes = await Promise.allSettled(works);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return Promise.all(works);
}
