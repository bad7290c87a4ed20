import type { Attributes } from '@opentelemetry/api';

/** What a span says is words of the program: names, roles, codes. Never an id, an address, a parameter, a message. */
export interface Tracing {
  /** Does `work` within a span; what it does in turn stands under it. An error is told by its code, and thrown again. */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** A span that is ended by hand; `enter` does something under it. */
  begin(name: string, attributes: Attributes): OpenSpan;
  /** Sends what waits, and ends. */
  close(): Promise<void>;
}

export interface OpenSpan {
  enter(work: () => void): void;
  end(attributes: Attributes, isError: boolean): void;
}

/** Where nobody collects traces: nothing is made, nothing is kept. */
export const NO_TRACING: Tracing = {
  span: (_name, _attributes, work) => work(),
  begin: () => ({ enter: (work) => work(), end() {} }),
  close: async () => {},
};
