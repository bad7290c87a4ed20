import { allOver } from '../../../kernel/all-over.ts';

/** What goes on beside the stages of a campaign, and is over before the campaign ends: nobody waits for it but the end. */
export class Errands {
  readonly #begun: Promise<unknown>[] = [];

  begin(errand: Promise<unknown>): void {
    // Told by `over`, maybe much later: until then it must not end the program.
    errand.catch(() => undefined);
    this.#begun.push(errand);
  }

  /** Resolves when nothing goes on any more; throws the error of the first one begun that failed. */
  async over(): Promise<void> {
    await allOver(this.#begun);
  }
}
