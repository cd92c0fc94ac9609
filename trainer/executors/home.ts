/** The executors of one home: which of them can run there, and the one to use. */
import type { Executor, ExecutorLost } from "../../core/train/executor";
import { executorIds, executors, type ExecutorId } from "../../core/train/executors/index";
import type { ExecutorStatus } from "../../core/train/protocol";
import type { TrainerSettings } from "../settings";

/** An executor as one home has it. */
export interface HomeExecutor {
  id: ExecutorId;
  /** Whether it can run here, and what it is or why not. Starts nothing and loads no library. */
  available(settings: TrainerSettings): Promise<{ available: boolean; detail: string }>;
  /**
   * For a library that may be installed and still not load: loads it, and says in one line what it is.
   * @throws Error that says why it does not load
   */
  load?(settings: TrainerSettings): Promise<string>;
  /** @throws Error that says why it cannot run here */
  create(settings: TrainerSettings): Promise<Executor>;
}

/** A place where trainers run. */
export interface ExecutorHome {
  /** As the end of a sentence: "in Node". */
  where: string;
  /** In order of preference. */
  executors: readonly HomeExecutor[];
}

/** Every executor there is, and whether it runs in this home. */
export function executorStatus(home: ExecutorHome, settings: TrainerSettings): Promise<ExecutorStatus[]> {
  return Promise.all(
    executorIds.map(async (id) => {
      const here = home.executors.find((one) => one.id === id);
      if (here === undefined) return { name: id, available: false, detail: absentFrom(home, id) };
      return { name: id, ...(await here.available(settings)) };
    }),
  );
}

/**
 * The executor that the settings ask for. `auto` is the first one of the home's list that is available.
 * @throws Error that says why the executor asked for cannot run here, and which can
 */
export async function createExecutor(home: ExecutorHome, settings: TrainerSettings): Promise<Executor> {
  const { executor: asked } = settings;
  if (asked === "auto") return (await firstAvailable(home, settings)).create(settings);
  const here = home.executors.find(({ id }) => id === asked);
  if (here !== undefined) return here.create(settings);
  const choices = ["auto", ...home.executors.map(({ id }) => id)].map((id) => `\`${id}\``).join(", ");
  const reason = executorIds.includes(asked) ? absentFrom(home, asked) : `unknown executor \`${asked}\``;
  throw new Error(`${reason}. Set the executor to one of ${choices}.`);
}

/**
 * In place of an executor that was lost: the first of the home's list that is available, which says why it is used.
 * @throws Error that says why none can run
 */
export async function createInstead(
  home: ExecutorHome,
  settings: TrainerSettings,
  lost: ExecutorLost,
): Promise<Executor> {
  const executor = await (await firstAvailable(home, settings)).create(settings);
  return { ...executor, description: `${executor.description}, since ${lost.message}` };
}

async function firstAvailable(home: ExecutorHome, settings: TrainerSettings): Promise<HomeExecutor> {
  const reasons: string[] = [];
  for (const executor of home.executors) {
    const { available, detail } = await executor.available(settings);
    if (available) return executor;
    reasons.push(`\`${executor.id}\`: ${detail}`);
  }
  throw new Error(`no executor can run ${home.where} (${reasons.join("; ")})`);
}

const absentFrom = ({ where }: ExecutorHome, id: ExecutorId): string =>
  `${executors.find((one) => one.id === id)!.title} does not run ${where}`;
