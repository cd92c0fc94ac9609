import { isNumeric } from "../../../data/alterations/parts";
import type { Stream } from "../../../theory/spec";

/** Names of the streams whose values are numbers. */
export const numericIn = (streams: readonly Stream[]): string[] =>
  streams.filter(({ kind }) => isNumeric(kind)).map(({ name }) => name);
