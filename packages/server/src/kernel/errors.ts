/**
 * An error that a person caused or can mend: a code for programs, a sentence in French (what, where, what to do).
 * `exitCode` is what the command line ends with.
 */
export class RaccrocheError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(code: string, message: string, exitCode: number = EXIT_CODES.failure) {
    super(message);
    this.name = 'RaccrocheError';
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Exit codes of the command line, as documented by `raccroche --help`. */
export const EXIT_CODES = {
  ok: 0,
  failure: 1,
  usage: 2,
  withheld: 3,
  invalid: 4,
  interrupted: 130,
} as const;
