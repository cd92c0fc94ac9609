/** The trained weights of expressions, and their first values. */
import type { Objective } from "../theory/derivation/loss";
import { bind } from "./bind";
import type { Expr, Initial } from "./expression";
import { ownModulesOf, type OwnParameters, type OwnRequest } from "./own";
import type { BufferRole, BufferSpec, Program } from "./program";
import { topological } from "./traverse";

interface Parameter {
  name: string;
  shape: number[];
  initial: Initial;
}

/**
 * The parameters that some expressions read, each once, in the order in which a forward pass meets them.
 * @param own modules of the user's own that have been built
 * @throws Error when one name has two shapes
 */
export function parametersOf(roots: Iterable<Expr>, own?: OwnParameters): Parameter[] {
  // Numbers of rows do not matter to them.
  const written = Object.values(bind(Object.fromEntries([...roots].entries()), () => 1, own));
  const found = new Map<string, Parameter>();
  for (const e of topological(written)) {
    if (e.op !== "parameter") continue;
    const shape = e.shape as number[];
    const known = found.get(e.name);
    if (known === undefined) found.set(e.name, { name: e.name, shape: [...shape], initial: e.initial });
    else if (known.shape.join() !== shape.join())
      throw new Error(
        `parameter "${e.name}" is used as [${known.shape.join(", ")}] and as [${shape.join(", ")}]`,
      );
  }
  return [...found.values()];
}

/** Everything that an objective asks for: its loss, terms, rates, means and reconstructions. */
const askedOf = ({ total, terms, rates, means, reconstructions }: Objective): Expr[] => [
  total,
  ...[terms, rates, means, reconstructions].flatMap((part) => Object.values(part)),
];

/** The parameters of everything that an objective asks for. */
export const parametersOfObjective = (objective: Objective, own?: OwnParameters): Parameter[] =>
  parametersOf(askedOf(objective), own);

/** The modules of the user's own in an objective. */
export const ownModulesOfObjective = (objective: Objective): OwnRequest[] => ownModulesOf(askedOf(objective));

/** Draws `shape` values from U(+-1/sqrt(fanIn)), keyed by the parameter's name and a seed of its own. */
type DrawUniform = (name: string, shape: readonly number[], fanIn: number) => Float32Array;

/** The first values of a parameter, row-major. @throws Error for one of a module of the user's own, which has them itself */
export function initialValues({ name, shape, initial }: Parameter, draw: DrawUniform): Float32Array {
  if (initial.kind === "uniform") return draw(name, shape, initial.fanIn);
  if (initial.kind === "own") throw new Error(`"${name}" has its first values from its module`);
  return new Float32Array(shape.reduce((size, length) => size * length, 1)).fill(initial.value);
}

/** The buffers of a program with one of these roles, for whoever fills or reads them. */
export const buffersWith = (program: Program, ...roles: BufferRole[]): BufferSpec[] =>
  program.buffers.filter((buffer) => roles.includes(buffer.role));
