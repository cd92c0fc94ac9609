/** A worker that carries out programs by TensorFlow.js on WebGL for a test, see `in-chromium`. */
import type { Program } from "../../core/program/program";
import type { Session } from "../../core/train/executor";
import type { Tf } from "../../core/train/executors/tfjs-kernels";
import { browser, type TfjsOnWebGl } from "../../trainer/executors/browser";
import { createExecutor } from "../../trainer/executors/home";
import { defaultSettings } from "../../trainer/settings";

const scope = globalThis as unknown as { tfjsOnWebGl: TfjsOnWebGl };
const start = scope.tfjsOnWebGl;
let tf: Tf | undefined;
let gl: WebGL2RenderingContext | undefined;
scope.tfjsOnWebGl = async (given) => (tf = await start((gl = given)));

const sessions: Session[] = [];

/** What a test asks of it, by name. */
const answers = {
  async describe(): Promise<string> {
    return (await createExecutor(browser, { ...defaultSettings, executor: "tfjs" })).description;
  },
  async open(programs: Record<string, Program>): Promise<number> {
    const executor = await createExecutor(browser, { ...defaultSettings, executor: "tfjs" });
    return sessions.push(await executor.open(programs)) - 1;
  },
  async run(
    session: number,
    writes: readonly (readonly [string, string, number[]])[],
    program: string,
  ): Promise<void> {
    for (const write of writes) sessions[session]!.write(...write);
    await sessions[session]!.run(program);
  },
  async read(session: number, program: string, name: string): Promise<number[]> {
    return Array.from(await sessions[session]!.read(program, name));
  },
  dispose: (session: number): void => sessions[session]!.dispose(),
  tensors: (): number => tf!.memory().numTensors,
  lose: (): void => gl!.getExtension("WEBGL_lose_context")!.loseContext(),
};
export type Answers = typeof answers;

/** An error crosses to the test as its text alone. */
async function answer(name: keyof Answers, given: unknown[]): Promise<unknown> {
  try {
    return await (answers[name] as (...values: unknown[]) => unknown)(...given);
  } catch (error) {
    const { constructor, message } = error as Error;
    throw new Error(`${constructor.name}: ${message}`, { cause: error });
  }
}
Object.assign(globalThis, { answer });
