/** A condition that may not run: not one scalar expression, or it reads more than the records of a pair. */
export class UnsafeSqlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsafeSqlError';
  }
}
