/** A process that reads damaged files of one reader: it says which file it begins, and at its end what it has seen. */
import process from "node:process";
import { surveyFiles, type FileSurvey } from "./data-files";

/** What the process says: the number of a file, or the end. `memory` is the most that it had at once, in bytes. */
export type Said = { begins: number } | { seen: FileSurvey; memory: number };

const [id, start, end, seed] = process.argv.slice(2);
/** Waits until it has left: reading alone gives the process no time to send anything. */
const say = (said: Said): Promise<void> =>
  new Promise((resolve) => void process.send!(said, () => resolve()));
const range = { start: Number(start), end: Number(end), seed: Number(seed) };
const seen = await surveyFiles(id!, range, (begins) => say({ begins }));
await say({ seen, memory: 1024 * process.resourceUsage().maxRSS });
process.disconnect();
