// What the package's functions reject with.

/** What could not be done; the message says what is wrong and what is needed. */
export class EniacError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "EniacError";
  }
}
