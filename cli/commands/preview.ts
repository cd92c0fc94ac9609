import { readFile } from "node:fs/promises";
import { executorIds } from "../../core/train/executors/index";
import { PROTOCOL_VERSION, type FromHost, type Overrides, type ToHost } from "../../core/train/protocol";
import { weightsFile } from "../../core/train/given-weights";
import { unpackSnapshot } from "../../core/train/snapshot";
import { emptyRun, fold } from "../../core/train/run-state";
import type { Diagnostic } from "../../core/language/diagnostic";
import type { Knob } from "../../core/theory/spec";
import { pageTraining } from "../../trainer/page-training";
import { defaultSettings, type TrainerSettings } from "../../trainer/settings";
import { spawnTrainer, type TrainerProcess } from "../../trainer/spawn";
import {
  exitCodes,
  Failure,
  oneFile,
  oneOf,
  UsageError,
  wholeNumber,
  type Command,
  type ExitCode,
  type Options,
} from "../command";
import { knobSetting } from "../knob";
import { builtTrainers, nativeFolders, pythonCommand, trainerEntry } from "../place";
import { diagnosticJson } from "../diagnostics";
import { ProgressLine, progressText } from "../progress";
import { htmlReport } from "../../core/report/html";
import { reportJson } from "../json-report";
import { renderReport } from "../report";
import { runSettings } from "../run-settings";
import { servePreview } from "../serve";
import {
  chooseSpecs,
  findingsOf,
  readSource,
  showDiagnostics,
  specsNamed,
  withTriedFixes,
  type Source,
} from "../source";
import type { Terminal } from "../terminal";
import { mayWriteReport, writeReport, writeWeights } from "../write";

const executorChoices = ["auto", ...executorIds] as const;

export const preview: Command = {
  name: "preview",
  operands: "FILE",
  doc: "Trains a spec on its data and reports what each code keeps and discards. With --serve, shows it in a browser while you edit the file.",
  options: {
    spec: { type: "string", value: "NAME", doc: "the spec to train; default the first of the file" },
    epochs: { type: "string", value: "N", doc: "number of epochs; default the spec's" },
    steps: { type: "string", value: "N", doc: "number of steps, in place of --epochs; default the spec's" },
    seed: { type: "string", value: "N", doc: "seed of weights, batches and noise; default the spec's" },
    set: {
      type: "string",
      multiple: true,
      value: "KNOB=NUMBER",
      doc: "value of a knob; can be repeated; default the spec's",
    },
    executor: {
      type: "string",
      value: "NAME",
      doc: `one of ${executorChoices.join(", ")}; default auto. tfjs uses the native library in the node_modules of the folder BOTTLENECK_TFJS_NODE, where that is set; webgpu the package webgpu in that of BOTTLENECK_WEBGPU; torch the Python that BOTTLENECK_PYTHON names`,
    },
    threads: {
      type: "string",
      value: "N",
      doc: "number of threads; default all of an idle machine, else all but one",
    },
    weights: {
      type: "string",
      value: "FILE",
      doc: "judge these weights (safetensors, such as those of an exported project) and train nothing; where the spec has frozen codes and the file is of another spec, only their weights are read, and the rest is trained",
    },
    save: {
      type: "string",
      value: "FILE",
      doc: "write the weights of the checkpoint there (safetensors); an exported project starts from them with --weights",
    },
    report: {
      type: "string",
      value: "FILE",
      doc: "write the report there as one HTML file, with its graphs, tables and settings",
    },
    serve: {
      type: "boolean",
      doc: "show the panel in a browser and update it when the file changes; prints its address",
    },
    "no-open": {
      type: "boolean",
      needs: "serve",
      doc: "with --serve: print the address and do not open a browser",
    },
    port: { type: "string", value: "N", needs: "serve", doc: "port of --serve; default any free port" },
    json: { type: "boolean", doc: "print the report as JSON" },
  },
  async run(operands, options, terminal) {
    const file = oneFile(operands);
    const source = await readSource(file);
    const spec = options["spec"] as string | undefined;
    const json = options["json"] === true;
    // As JSON, a spec that is not there is refused by the trainer, as whatever else cannot be previewed.
    const chosen = (json ? specsNamed(source.analysis, spec) : chooseSpecs(source, spec))[0];
    const overrides = readOverrides(options, chosen?.spec?.knobs ?? []);
    const settings: TrainerSettings = {
      ...defaultSettings,
      executor: oneOf(options, "executor", executorChoices) ?? "auto",
      threads: wholeNumber(options, "threads", 1) ?? 0,
      modules: nativeFolders(),
      ...pythonCommand(),
    };
    const port = wholeNumber(options, "port", 0, 65_535) ?? 0;
    const weights = await readWeights(options);
    const save = options["save"] as string | undefined;
    if (save !== undefined && options["serve"]) throw new UsageError("--save cannot be used with --serve");
    const report = options["report"] as string | undefined;
    if (report !== undefined && options["serve"])
      throw new UsageError("--report cannot be used with --serve");
    // Before the training, not after it.
    if (report !== undefined) await mayWriteReport(report, source.file);
    const { entry, flags } = trainerEntry();
    const start = (): TrainerProcess =>
      spawnTrainer(entry, { ...settings, meanwhile: options["serve"] === true }, { flags });
    const open: Open = {
      kind: "open",
      generation: 0,
      uri: source.origin.location,
      text: source.text,
      uses: source.origin.uses,
      autorun: true,
      overrides,
      ...(spec === undefined ? {} : { spec }),
    };
    if (options["serve"]) {
      const browser = options["no-open"] !== true;
      const inPage = (): ReturnType<typeof pageTraining> => pageTraining(settings, builtTrainers());
      return servePreview(
        { source, open, startTrainer: start, pageTraining: inPage, terminal },
        { port, browser },
      );
    }
    const found = chosen === undefined ? [] : findingsOf(chosen, source);
    const warnings = found.filter(({ severity }) => severity === "warning");
    return await train(
      start,
      { ...open, autorun: weights === undefined },
      { source, warnings, weights, save, report },
      json,
      terminal,
    );
  },
};

type Open = Extract<ToHost, { kind: "open" }>;

function readOverrides(options: Options, knobs: readonly Knob[]): Overrides {
  const epochs = wholeNumber(options, "epochs", 1);
  const steps = wholeNumber(options, "steps", 1);
  if (epochs !== undefined && steps !== undefined)
    throw new UsageError("--epochs and --steps both set the length of the training; give one of them");
  const seed = wholeNumber(options, "seed", 0);
  const settings = (options["set"] ?? []) as string[];
  const values = Object.fromEntries(settings.map((setting) => knobSetting(setting, knobs)));
  return {
    ...(epochs === undefined ? {} : { epochs }),
    ...(steps === undefined ? {} : { steps }),
    ...(seed === undefined ? {} : { seed }),
    knobs: values,
  };
}

type Weights = Extract<ToHost, { kind: "judge" }>;

/** @throws Failure when the file cannot be read */
async function readWeights(options: Options): Promise<Weights | undefined> {
  const file = options["weights"] as string | undefined;
  if (file === undefined) return undefined;
  if (options["serve"])
    throw new UsageError("--weights cannot be used with --serve: open them in the panel there");
  const weights = await readFile(file).catch((error: Error) => {
    throw new Failure(`${file} could not be read: ${error.message}`);
  });
  return { kind: "judge", name: file, weights };
}

/** What is trained, what `check` warns of in it, and the weights that are judged instead. */
interface Subject {
  source: Source;
  warnings: readonly Diagnostic[];
  weights: Weights | undefined;
  /** Where the weights of its end are written. */
  save: string | undefined;
  /** Where its report is written as HTML. */
  report: string | undefined;
}

/** Trains to the end, or until a person interrupts, and reports. */
async function train(
  start: () => TrainerProcess,
  open: Open,
  { source, warnings, weights, save, report }: Subject,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  let run = emptyRun();
  const asJson = (found: readonly Diagnostic[]): Record<string, unknown>[] =>
    withTriedFixes(found, source).map((one) => diagnosticJson(one, source.text));
  if (!json) showDiagnostics(warnings, source, terminal);
  const line = new ProgressLine(terminal);
  let started: number | undefined;
  let judged = false;
  // The first interruption asks for a report of what there is; a trainer that is too busy to hear it is ended by the second.
  let interrupt = (): void => undefined;
  const interrupted = (): void => interrupt();
  // From before there is a trainer: none is left behind.
  process.on("SIGINT", interrupted);
  const trainer = start();
  try {
    const end = await new Promise<Extract<FromHost, { kind: "rejected" | "phase" }>>((resolve, reject) => {
      interrupt = () => {
        trainer.channel.send({ kind: "pause" });
        line.clear();
        terminal.err("Interrupted: the report follows. Interrupt again to end without it.\n");
        interrupt = () => reject(nothingYet());
      };
      trainer.ended.then((reason) => reject(new Failure(`the trainer ended: ${reason}`)));
      trainer.channel.listen((message) => {
        run = fold(run, message);
        if (message.kind === "phase" && message.phase === "training") started ??= performance.now();
        if (message.kind === "progress") line.show(progressText(message, run));
        if (message.kind === "phase") line.show(`${message.phase} …`);
        // Interrupted before its first step: it is open, and waits.
        if (message.kind === "phase" && message.phase === "idle") {
          if (weights === undefined || judged) reject(nothingYet());
          else trainer.channel.send(weights);
          judged = true;
        }
        if (isEnd(message)) resolve(message);
      });
      trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
      trainer.channel.send(open);
    });
    line.clear();
    const seconds = started === undefined ? 0 : (performance.now() - started) / 1000;
    if (end.kind === "rejected") {
      const { diagnostics } = end;
      if (json)
        terminal.out(JSON.stringify({ diagnostics: asJson([...warnings, ...diagnostics]) }, undefined, 2));
      else showDiagnostics(diagnostics, source, terminal);
      return exitCodes.failed;
    }
    if (save !== undefined && end.phase === "finished") await saveWeights(trainer, source, save);
    if (run.summary === undefined) throw new Failure(run.phaseDetail || "the preview could not be started");
    if (json)
      terminal.out(
        JSON.stringify({ ...reportJson(run, seconds), diagnostics: asJson(warnings) }, undefined, 2),
      );
    else {
      if (end.phase === "paused")
        terminal.err(
          `Stopped at step ${run.progress?.step ?? 0}; the probes are those of the last evaluation.\n`,
        );
      terminal.out(renderReport(run, seconds, terminal.style, undefined, terminal.columns));
    }
    if (report !== undefined) {
      const settings = runSettings(source, open, weights?.name);
      await writeReport(report, htmlReport(run, seconds, settings), source.file);
    }
    return end.phase === "finished" ? exitCodes.ok : exitCodes.failed;
  } finally {
    line.clear();
    process.off("SIGINT", interrupted);
    trainer.stop();
  }
}

/** Asks for the weights, and writes those of the checkpoint. @throws Failure when the file cannot be written */
async function saveWeights(trainer: TrainerProcess, source: Source, file: string): Promise<void> {
  const snapshot = await new Promise<Uint8Array>((resolve, reject) => {
    trainer.ended.then((reason) => reject(new Failure(`the trainer ended: ${reason}`)));
    trainer.channel.listen((message) => {
      if (message.kind === "snapshot") resolve(message.bytes);
    });
    trainer.channel.send({ kind: "save" });
  });
  await writeWeights(file, weightsFile(unpackSnapshot(snapshot)!), source.file);
}

const nothingYet = (): Failure => new Failure("interrupted before there was a report");

const isEnd = (message: FromHost): message is Extract<FromHost, { kind: "rejected" | "phase" }> =>
  message.kind === "rejected" ||
  (message.kind === "phase" && ["finished", "paused", "failed"].includes(message.phase));
