/** A browser that follows redirects and keeps cookies, an origin each. */
export interface TestBrowser {
  /** Goes to an address as somebody who clicks a link, and wherever it leads. */
  visit(address: string): Promise<{ readonly url: string; readonly status: number; readonly text: string }>;
  /** Sends the first form of a page that was answered. */
  submit(
    page: { readonly url: string; readonly text: string },
    extra: Record<string, string>,
  ): Promise<string>;
  cookie(origin: string, name: string): string | undefined;
  forget(origin: string): void;
}

const REDIRECTS_MAX = 12;

export function openBrowser(): TestBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string): Map<string, string> => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  const send = async (url: string, init: RequestInit = {}) => {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      const isOver = attributes.some((one) => /max-age=0|expires=thu, 01 jan 1970/i.test(one));
      if (isOver || value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const follow = async (address: string, init: RequestInit = {}) => {
    let url = address;
    let answer = await send(url, init);
    for (let step = 0; step < REDIRECTS_MAX; step += 1) {
      const location = answer.headers.get('location');
      if (location === null) break;
      url = new URL(location, url).href;
      answer = await send(url);
    }
    return { url, status: answer.status, text: await answer.text() };
  };
  return {
    visit: (address) => follow(address),
    async submit({ url, text }, extra) {
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? '';
      const fields = [...text.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]);
      const body = new URLSearchParams({
        ...(Object.fromEntries(fields) as Record<string, string>),
        ...extra,
      });
      return (await follow(new URL(action, url).href, { method: 'POST', body })).url;
    },
    cookie: (origin, name) => jars.get(origin)?.get(name),
    forget: (origin) => jars.delete(origin),
  };
}
