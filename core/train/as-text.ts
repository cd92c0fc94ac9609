/** Parts of a spec as one text: equal where they ask for the same. Without positions and comments, which change no training. */
export const asText = (parts: readonly unknown[]): string =>
  JSON.stringify(parts, (name, value: unknown) =>
    ["range", "ranges", "doc"].includes(name) ? undefined : value,
  );
