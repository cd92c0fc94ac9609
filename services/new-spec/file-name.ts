/** The name of the file that a new spec is saved in. */

/** From the name of the first spec: `NoisyDigits` is in `noisy-digits`. */
export function fileNameOf(text: string): string {
  const name = /^spec (\w+)/m.exec(text)?.[1] ?? "spec";
  return name
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-")
    .replaceAll("_", "-")
    .toLowerCase();
}
