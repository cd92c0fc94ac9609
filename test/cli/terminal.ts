/** The command in this process, with what it writes recorded. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../cli/main";
import { createStyle } from "../../cli/terminal";

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the command without colours. */
export async function bottleneck(...args: string[]): Promise<Ran> {
  const ran: Ran = { code: -1, out: "", err: "" };
  ran.code = await main(args, {
    out: (text) => (ran.out += `${text}\n`),
    err: (text) => (ran.err += text),
    interactive: false,
    columns: 100,
    style: createStyle(false),
  });
  return ran;
}

/** Writes files into a fresh folder, whose paths `use` is given; removes it afterwards. */
export async function withFiles(
  files: Record<string, string | Uint8Array>,
  use: (path: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
