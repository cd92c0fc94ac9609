/** Training a spec on endless data of a known distribution: what is left is the loss's own optimum, not that of a sample. */
import assert from "node:assert/strict";
import { compileEvaluate, compileStep } from "../../core/program/compile";
import { inputName, type ProgramInput } from "../../core/program/inputs";
import { buffersWith, initialValues, parametersOfObjective } from "../../core/program/parameters";
import { sizeOf, type Program } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import { buildObjective } from "../../core/theory/objective/objective";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import type { Session } from "../../core/train/executor";
import { initialWeights, normal, permutation } from "../../core/random";
import { average, type Average } from "./average";

/** A batch of every stream, row-major, by its number. */
export type Source = (batch: number) => Record<string, ArrayLike<number>>;

const SEED = 11;
/** Numbers of batches that are measured on begin here: training does not meet them. */
const HELD_OUT = 1_000_000;

export class Training {
  private step = 0;

  private constructor(
    private readonly session: Session,
    private readonly programs: Record<"train" | "evaluate", Program>,
    private readonly source: Source,
  ) {}

  /** @param body the statements of a spec */
  static async open(body: string, batch: number, source: Source): Promise<Training> {
    const { specs, diagnostics } = analyse(`spec S {\n${body}\n}`);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(errors, [], body);
    const objective = buildObjective(specs[0]!.derived!);
    const programs = {
      train: compileStep(objective, { batch }),
      evaluate: compileEvaluate(objective, { batch }),
    };
    const session = await (await createWasmExecutor({ threads: 1 })).open(programs);
    const training = new Training(session, programs, source);
    for (const parameter of parametersOfObjective(objective))
      training.set(
        parameter.name,
        initialValues(parameter, (...draw) => initialWeights(SEED, ...draw)),
      );
    return training;
  }

  /** Puts a parameter in place. */
  set(name: string, values: ArrayLike<number>): void {
    this.session.write("train", name, values);
  }

  /** A parameter. */
  async get(name: string): Promise<number[]> {
    return Array.from(await this.session.read("train", name));
  }

  /** Adam at a rate that falls to nothing over the steps. */
  async run(steps: number, rate: number, knobs: Record<string, number>): Promise<void> {
    for (let i = 0; i < steps; i++) {
      const falling = (rate * (1 + Math.cos((Math.PI * i) / steps))) / 2;
      this.write("train", this.step++, { ...knobs, "adam.rate": falling, "adam.step": this.step });
      await this.session.run("train");
    }
  }

  /** The total, every term, and `rate.<latent>/<coordinate>` over batches that training has not met. */
  async measure(batches: number, knobs: Record<string, number>): Promise<Record<string, Average>> {
    const found: Record<string, number[]> = {};
    for (let batch = 0; batch < batches; batch++) {
      this.write("evaluate", HELD_OUT + batch, knobs);
      await this.session.run("evaluate");
      for (const { name } of buffersWith(this.programs.evaluate, "output")) {
        if (!/^(total$|term\.|rate\.)/.test(name!)) continue;
        const values = Array.from(await this.session.read("evaluate", name!));
        const short = name!.replace(/^term\./, "");
        for (const [i, value] of values.entries())
          (found[values.length > 1 ? `${short}/${i}` : short] ??= []).push(value);
      }
    }
    return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, average(values)]));
  }

  close(): void {
    this.session.dispose();
  }

  private write(program: "train" | "evaluate", batch: number, scalars: Record<string, number>): void {
    const streams = this.source(batch);
    for (const { name, input, shape } of buffersWith(this.programs[program], "input")) {
      const scalar = scalars[input!.kind === "knob" ? input!.of : name!];
      this.session.write(
        program,
        name!,
        streams[name!] ?? (scalar === undefined ? drawn(input!, shape, batch) : [scalar]),
      );
    }
  }
}

function drawn(input: ProgramInput, shape: number[], batch: number): ArrayLike<number> {
  const name = inputName(input);
  if (input.kind === "permutation") return permutation(SEED, name, batch, shape[0]!);
  assert.ok(input.kind === "noise", `nothing gives ${name}`);
  const values = new Float32Array(sizeOf(shape));
  normal(SEED, name, batch, values);
  return values;
}
