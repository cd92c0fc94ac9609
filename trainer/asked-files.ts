/** Files of a trainer whose home has none: it asks whoever shows its work. */
import type { Channel, FromHost, ToHost } from "../core/train/protocol";

/** @returns what reads a file through the channel, by its path as written in a document */
export function askedFiles(
  channel: Channel<FromHost, ToHost>,
): (uri: string, path: string) => Promise<Uint8Array> {
  const waiting = new Map<number, (answer: Extract<ToHost, { kind: "file" }>) => void>();
  let asked = 0;
  channel.listen((message) => {
    if (message.kind !== "file") return;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  return (uri, path) =>
    new Promise((resolve, reject) => {
      const id = asked++;
      waiting.set(id, ({ bytes, problem = `${path} was not sent` }) =>
        bytes === undefined ? reject(new Error(problem)) : resolve(bytes),
      );
      channel.send({ kind: "read", id, uri, path });
    });
}
