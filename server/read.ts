/** The text at an address that a spec uses, from whoever can read it. */
import type { Connection } from "vscode-languageserver";
import { readUseRequest, type ReadUseParams } from "../services/protocol";
import type { EditorAbilities } from "./capabilities";
import type { Runtime } from "./requests";

/** Milliseconds that an editor has to hand over a file. */
const PATIENCE = 10_000;

/**
 * Reads files of the machine in Node, and asks the editor for all others.
 * @throws Error that says why there is no text
 */
export async function readText(
  connection: Connection,
  runtime: Runtime,
  { readsUses }: EditorAbilities,
  address: string,
): Promise<string> {
  if (runtime.readUse && address.startsWith("file:")) return runtime.readUse(address);
  if (!readsUses) throw new Error(`this editor hands over no files at ${new URL(address).protocol}`);
  const params: ReadUseParams = { uri: address };
  let stop = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = runtime.after(PATIENCE, () => reject(new Error("the editor did not hand it over in 10 seconds")));
  });
  try {
    return textOf(await Promise.race([connection.sendRequest<unknown>(readUseRequest, params), late]));
  } finally {
    stop();
  }
}

function textOf(answer: unknown): string {
  const { text, problem } = (answer ?? {}) as Record<string, unknown>;
  if (typeof text === "string") return text;
  throw new Error(typeof problem === "string" ? problem : "the editor answered with neither text nor reason");
}
