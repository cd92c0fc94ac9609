/** Which parameters belong to frozen codes. */
import type { Spec } from "../spec";

/** A network of a code, `encoder.Z`, `encoder.Z-X` or `encoder.Z[X]`, or a weight of one of its experts. */
const OF_A_CODE = /^(?:encoder|fusion)\.([^-.[]+)/;

/** The code whose encoder a parameter or network belongs to, where that code is frozen. */
export function frozenCode({ latents }: Pick<Spec, "latents">, parameter: string): string | undefined {
  const [, code] = OF_A_CODE.exec(parameter) ?? [];
  return latents.find(({ name, frozen }) => name === code && frozen)?.name;
}
