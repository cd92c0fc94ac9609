/** The executors of one home: which of them can run there, and the one to use. */
import { insteadOf, type Executor, type ExecutorLost } from "../../core/train/executor";
import type { Contender, ExecutorSource } from "../../core/train/executor-in-use";
import { executorIds, executors, type ExecutorId } from "../../core/train/executors/index";
import type { ExecutorStatus } from "../../core/train/protocol";
import type { TrainerSettings } from "../settings";

/** An executor as one home has it. */
export interface HomeExecutor {
  id: ExecutorId;
  /** Whether it can run here, and what it is or why not. Starts nothing and loads no library. */
  available(settings: TrainerSettings): Promise<{ available: boolean; detail: string }>;
  /** Whether it is a library that may be installed and still not load: once it has loaded, its description is what it is. */
  loads?: boolean;
  /** Whether it builds networks of the user's own. */
  buildsOwn?: boolean;
  /** Why `auto` does not try it even where it is available, as the end of a sentence. */
  untried?(settings: TrainerSettings): string | undefined | Promise<string | undefined>;
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
      const { available, detail } = await here.available(settings);
      const untried = available && settings.executor === "auto" ? await here.untried?.(settings) : undefined;
      return { name: id, available, detail: untried === undefined ? detail : `${detail}; ${untried}` };
    }),
  );
}

/**
 * The executor to begin with: the one that the settings ask for; the first one of the home's list that is available where
 * they leave the choice, or let that one train until the other is ready.
 * @throws Error that says why the executor asked for cannot run here, and which can
 */
export async function createExecutor(home: ExecutorHome, settings: TrainerSettings): Promise<Executor> {
  const { executor: asked, meanwhile = false } = settings;
  if (asked === "auto") return (await firstAvailable(home, settings)).create(settings);
  const here = home.executors.find(({ id }) => id === asked);
  if (here !== undefined) return (meanwhile ? await firstAvailable(home, settings) : here).create(settings);
  const choices = ["auto", ...home.executors.map(({ id }) => id)].map((id) => `\`${id}\``).join(", ");
  const reason = executorIds.includes(asked) ? absentFrom(home, asked) : `unknown executor \`${asked}\``;
  throw new Error(`${reason}. Set the executor to one of ${choices}.`);
}

/**
 * The executors that may take over from the one that begins: the one that the settings ask for, or every available one
 * that `auto` tries.
 */
async function contenders(home: ExecutorHome, settings: TrainerSettings): Promise<Contender[]> {
  const { executor: choice, meanwhile = false } = settings;
  const asked = choice !== "auto";
  if (asked && !meanwhile) return [];
  const { id: begins } = await firstAvailable(home, settings);
  const found: Contender[] = [];
  for (const one of home.executors) {
    const wanted = asked
      ? one.id === choice
      : (await one.untried?.(settings)) === undefined && (await one.available(settings)).available;
    if (wanted && one.id !== begins)
      found.push({
        id: one.id,
        asked,
        create: () => one.create(settings),
        ...(one.buildsOwn && { buildsOwn: true }),
      });
  }
  return found;
}

/**
 * In place of an executor that was lost: the first of the home's list that is available, which says why it is used.
 * @throws Error that says why none can run
 */
async function createInstead(
  home: ExecutorHome,
  settings: TrainerSettings,
  lost: ExecutorLost,
): Promise<Executor> {
  return insteadOf(await (await firstAvailable(home, settings)).create(settings), lost.message);
}

/** The executors of a home, as a host asks for them. */
export const executorsOf = (home: ExecutorHome, settings: TrainerSettings): ExecutorSource => ({
  executors: () => executorStatus(home, settings),
  createExecutor: () => createExecutor(home, settings),
  contenders: () => contenders(home, settings),
  createInstead: (lost) => createInstead(home, settings, lost),
});

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
