import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { executorStatus } from "../../trainer/executors/home";
import { node, threadsFor } from "../../trainer/executors/node";
import { defaultSettings } from "../../trainer/settings";
import { relaxedSimdFlags } from "../../trainer/spawn";
import { exitCodes, type Command } from "../command";
import { nativeFolders, pythonCommand } from "../place";
import { table } from "../terminal";

export const doctor: Command = {
  name: "doctor",
  operands: "",
  doc: "Reports which executors are available for previews and exports on this machine, and why others are not.",
  options: { json: { type: "boolean", doc: "print the findings as JSON" } },
  async run(_operands, options, terminal) {
    const [executors, python] = await Promise.all([findExecutors(), findTorch()]);
    const findings: Finding[] = [findNode(), ...executors, python];
    if (options["json"]) terminal.out(JSON.stringify(findings, undefined, 2));
    else {
      const { good, warning } = terminal.style;
      terminal.out(
        table(
          findings.map(({ name, available, detail }) => [
            available ? good("yes") : warning("no"),
            name,
            detail,
          ]),
        ),
      );
    }
    return exitCodes.ok;
  },
};

interface Finding {
  name: string;
  available: boolean;
  detail: string;
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

/** Libraries are loaded here, so that one that is installed and does not load is seen. */
async function findExecutors(): Promise<Finding[]> {
  const settings = { ...defaultSettings, modules: nativeFolders(), ...pythonCommand() };
  return Promise.all(
    (await executorStatus(node, settings)).map(async (status) => {
      const load = node.executors.find(({ id }) => id === status.name)?.load;
      if (!status.available || load === undefined) return status;
      try {
        return { ...status, detail: await load(settings) };
      } catch (error) {
        return {
          ...status,
          available: false,
          detail: error instanceof Error ? error.message : String(error),
        };
      }
    }),
  );
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
