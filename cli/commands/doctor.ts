import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { isWorthIt } from "../../core/train/contest";
import type { Preparation } from "../../core/train/prepare";
import { page } from "../../trainer/executors/browser";
import { executorsOf, executorStatus, type HomeExecutor } from "../../trainer/executors/home";
import { node, threadsFor } from "../../trainer/executors/node";
import { defaultSettings, type TrainerSettings } from "../../trainer/settings";
import { relaxedSimdFlags } from "../../trainer/spawn";
import { exitCodes, type Command } from "../command";
import { nativeFolders, pythonCommand } from "../place";
import { paceOf, pacedSpec, preparePaced } from "../paces";
import { table, wrap } from "../terminal";

export const doctor: Command = {
  name: "doctor",
  operands: "",
  doc: "Reports which executors are available for previews and exports on this machine, how long a training step takes on each, and why others are not available.",
  options: { json: { type: "boolean", doc: "print the findings as JSON" } },
  async run(_operands, options, terminal) {
    const python = await findTorch();
    const executors = await findExecutors();
    const findings: Finding[] = [findNode(), ...executors, python];
    if (options["json"]) terminal.out(JSON.stringify(findings, undefined, 2));
    else {
      const { good, quiet, warning } = terminal.style;
      terminal.out(
        table(
          findings.map(({ name, available, detail, milliseconds }) => [
            available ? good("yes") : warning("no"),
            name,
            milliseconds === undefined ? "" : `${milliseconds.toFixed(1)} ms`,
            detail,
          ]),
        ),
      );
      for (const line of [`Times are of one training step ${pacedSpec}. ${choiceOf(executors)}`, IN_THE_PAGE])
        terminal.out(quiet(wrap(line, "", terminal.columns)));
    }
    return exitCodes.ok;
  },
};

interface Finding {
  name: string;
  available: boolean;
  detail: string;
  /** Of an executor: what a training step took. */
  milliseconds?: number;
  /** Of an executor: whether `auto` would train with it. */
  auto?: boolean;
}

/** Executors of a page are its browser's, which is not here to be asked. */
const IN_THE_PAGE = `The panel and the page of \`preview --serve\` add those of their browser (${page.executors.map(({ id }) => `\`${id}\``).join(", ")}) on its GPU. The list Executors there shows the time of each on the preview's own program, and why others do not train it.`;

function choiceOf(executors: readonly Finding[]): string {
  const chosen = executors.find(({ auto }) => auto);
  return chosen === undefined
    ? ""
    : `\`auto\` would train it with \`${chosen.name}\`: it begins with \`${node.executors[0]!.id}\` and changes only to one that is at least a fifth faster. It measures each preview's own program.`;
}

function findNode(): Finding {
  const flags = relaxedSimdFlags();
  const started = flags.length > 0 ? `; trainers start with ${flags.join(" ")}` : "";
  const threads = `${threadsFor(0)} of ${availableParallelism()} threads for a preview`;
  return {
    name: "node",
    available: true,
    detail: `${process.version}, ${process.platform} ${process.arch}, ${threads}${started}`,
  };
}

/** Each executor is started here and takes some steps: one that is installed and does not load is seen, and how fast it is. */
async function findExecutors(): Promise<Finding[]> {
  const settings = { ...defaultSettings, modules: nativeFolders(), ...pythonCommand() };
  const preparation = await preparePaced();
  const found: Finding[] = [];
  // One after the other: they would slow each other down.
  for (const status of await executorStatus(node, settings)) {
    const here = node.executors.find(({ id }) => id === status.name);
    found.push(
      status.available && here !== undefined ? await measured(status, here, settings, preparation) : status,
    );
  }
  const tried = (await executorsOf(node, settings).contenders()).map(({ id }) => id);
  const chosen = chosenOf(found, node.executors[0]!.id, tried);
  return found.map((one) => (one.milliseconds === undefined ? one : { ...one, auto: one === chosen }));
}

/** The executor that `auto` would go on with, of those that it tries. */
export function chosenOf(
  found: readonly Finding[],
  begins: string,
  tried: readonly string[],
): Finding | undefined {
  let best = found.find(({ name }) => name === begins);
  const limit = best?.milliseconds ?? Infinity;
  for (const one of found) {
    const { name, milliseconds = Infinity } = one;
    if (!tried.includes(name) || !isWorthIt(milliseconds, limit, Infinity)) continue;
    if (milliseconds < (best?.milliseconds ?? Infinity)) best = one;
  }
  return best;
}

async function measured(
  status: Finding,
  { create, loads }: HomeExecutor,
  settings: TrainerSettings,
  preparation: Preparation,
): Promise<Finding> {
  try {
    const executor = await create(settings);
    try {
      const detail = loads ? executor.description : status.detail;
      return { ...status, detail, milliseconds: await paceOf(executor, preparation) };
    } finally {
      executor.close();
    }
  } catch (error) {
    return { ...status, available: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const PROBE =
  "import sys, torch; print(sys.version.split()[0], torch.__version__, torch.cuda.is_available())";

/** Python with torch: exported losses run there. `-I` keeps it from loading modules of the current folder. */
async function findTorch(): Promise<Finding> {
  const reasons: string[] = [];
  for (const python of ["python3", "python", "/usr/bin/python3"]) {
    try {
      const { stdout } = await promisify(execFile)(python, ["-I", "-c", PROBE], { timeout: 60_000 });
      const [version, torch, cuda] = stdout.trim().split(" ");
      const device = cuda === "True" ? "with CUDA" : "without CUDA";
      return { name: "pytorch", available: true, detail: `torch ${torch} ${device}, ${python} ${version}` };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const torchless = /No module named/.test(message);
      reasons.push(`${python}: ${code === "ENOENT" ? "not found" : torchless ? "no torch" : "does not run"}`);
    }
  }
  return {
    name: "pytorch",
    available: false,
    detail: `only an exported file needs it (${reasons.join("; ")})`,
  };
}
