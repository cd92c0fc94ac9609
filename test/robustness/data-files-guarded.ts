/** Surveys of damaged files in a process of their own: a hang, a crash and too much memory count as failings. */
import { fork } from "node:child_process";
import { join } from "node:path";
import type { FileSurvey } from "./data-files";
import type { Said } from "./data-files-process";

/** Milliseconds that a small file may take. */
const PATIENCE = 5000;
/** Bytes that the process may have at once, its own 80 MiB included. */
export const MEMORY = 2 ** 30;

export interface GuardedSurvey extends FileSurvey {
  /** The most memory that a process had at once, in bytes. */
  memory: number;
}

/** Reads `count` damaged files of a reader. After a hang or a crash it goes on with the next file. */
export async function surveyGuarded(id: string, count: number, seed: number): Promise<GuardedSurvey> {
  const all: GuardedSurvey = { files: 0, read: 0, refused: 0, failings: [], slowest: 0, memory: 0 };
  for (let start = 0; start < count;) {
    const { next, seen, memory, failing } = await part(id, { start, end: count, seed });
    all.files += next - start;
    all.read += seen?.read ?? 0;
    all.refused += seen?.refused ?? 0;
    all.failings.push(...(seen?.failings ?? []), ...(failing === undefined ? [] : [failing]));
    all.slowest = Math.max(all.slowest, seen?.slowest ?? 0);
    all.memory = Math.max(all.memory, memory);
    start = next;
  }
  if (all.memory > MEMORY) all.failings.push(`it had ${Math.round(all.memory / 2 ** 20)} MiB at once`);
  return all;
}

/** What one process has read: up to `next`, which is the end, or follows the file that it did not survive. */
function part(
  id: string,
  { start, end, seed }: { start: number; end: number; seed: number },
): Promise<{ next: number; seen?: FileSurvey; memory: number; failing?: string }> {
  const script = join(import.meta.dirname, "data-files-process.ts");
  const child = fork(script, [id, start, end, seed].map(String), { execArgv: ["--import", "tsx"] });
  let at = start;
  let last: Extract<Said, { seen: unknown }> | undefined;
  let hung = false;
  const give = (): void => {
    hung = true;
    child.kill("SIGKILL");
  };
  let timer: NodeJS.Timeout | undefined;
  child.on("message", (said: Said) => {
    clearTimeout(timer);
    if ("seen" in said) last = said;
    else {
      at = said.begins;
      timer = setTimeout(give, PATIENCE);
    }
  });
  return new Promise((resolve) =>
    // Once it has ended and all that it said has arrived.
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (last !== undefined) return resolve({ next: end, seen: last.seen, memory: last.memory });
      const how = hung ? `took more than ${PATIENCE / 1000} s` : `ended the process (${signal ?? code})`;
      resolve({ next: at + 1, memory: 0, failing: `file ${at} of ${id} ${how}` });
    }),
  );
}
