/** Reads JSON at an address. Throws when it does not answer in time, answers an error, or no JSON. */
export async function fetchJson(address: string, timeoutMs: number): Promise<unknown> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`the answer is ${answer.status}`);
  return answer.json();
}
