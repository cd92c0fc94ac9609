import type { Diagnostic } from "../language/diagnostic";

/** A text that cannot be trained, with the places that say why. */
export class Rejection extends Error {
  constructor(readonly diagnostics: Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  }
}
