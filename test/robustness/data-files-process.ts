/** A process that reads damaged files of one reader: it says which file it begins, and at its end what it has seen. */
import process from "node:process";
import { surveyFiles, type FileSurvey } from "./data-files";

/** What the process says: the number of a file, or the end. `memory` is the most that it had at once, in bytes. */
export type Said = { begins: number } | { seen: FileSurvey; memory: number };

const [id, start, end, seed] = process.argv.slice(2);
const say = (said: Said, then = (): void => undefined): void => void process.send!(said, then);
const range = { start: Number(start), end: Number(end), seed: Number(seed) };
void surveyFiles(id!, range, (begins) => say({ begins })).then((seen) => {
  say({ seen, memory: 1024 * process.resourceUsage().maxRSS }, () => process.disconnect());
});
