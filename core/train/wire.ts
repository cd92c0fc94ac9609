/** Messages as text, for lines that carry only text (a WebSocket): JSON, with arrays of bytes in base64. */

const BYTES = "$bytes";

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces: one call with every byte as an argument would overflow the stack.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The message as one line of text. */
export function encode(message: unknown): string {
  return JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? { [BYTES]: toBase64(value) } : value,
  );
}

/** The value that `encode` was given; undefined when the text is not such a message. */
export function decode(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, BYTES)) return value;
      return fromBase64(String((value as Record<string, unknown>)[BYTES]));
    });
  } catch {
    return undefined;
  }
}
