import { quoted } from "../language/text";
import type { Uses } from "../language/uses";
import { chooseSpec } from "../train/prepare";
import { Rejection } from "../train/rejection";
import { StudyError, type Subject } from "./study";

/** The spec of this name of a text, or the first, as a subject. @throws StudyError where it has errors or no data */
export function subjectOf({
  text,
  uses,
  uri: location,
  spec,
}: {
  text: string;
  uses: Uses;
  uri: string;
  spec?: string;
}): Subject {
  try {
    const { derived } = chooseSpec({ text, origin: { location, uses }, ...(spec !== undefined && { spec }) });
    const frozen = derived.spec.latents.filter((latent) => latent.frozen).map(({ name }) => name);
    if (frozen.length > 0)
      throw new StudyError(
        `A study trains from the text alone, and the weights of ${quoted(frozen)} are not in it. Remove \`frozen\`.`,
      );
    return { text, uses, location, derived };
  } catch (error) {
    if (error instanceof Rejection) throw new StudyError(error.message);
    throw error;
  }
}
