/** Modules of the user's own, as networks of a program: what their parameters are is known once they have been built. */
import { foreign, parameter, type Expr, type NetworkShape, type OwnModule } from "./expression";
import { topological } from "./traverse";

/** One entry of a module's state: `fixed` where it is not trained, such as a running mean. */
export interface OwnParameter {
  name: string;
  shape: number[];
  fixed: boolean;
}

/** The parameters of modules that have been built, by the names of their networks. */
export type OwnParameters = ReadonlyMap<string, readonly OwnParameter[]>;

/** A module to be built, and what a row of its input is. */
export interface OwnRequest {
  network: string;
  module: string;
  /** What the module is made with. */
  size: number;
  outputs: number;
  /** Values or words of a row. */
  width: number;
  dtype: "float32" | "int32";
}

type Own = NetworkShape & { module: OwnModule };

/** The modules of the user's own that some expressions apply, each network once. */
export function ownModulesOf(roots: Iterable<Expr>): OwnRequest[] {
  const found = new Map<string, OwnRequest>();
  for (const e of topological(roots)) {
    if (e.op !== "network" || e.network.module === undefined) continue;
    const { name: network, output: outputs, module } = e.network;
    const width = e.x.shape.at(-1) as number;
    const dtype = e.x.op === "input" ? e.x.dtype : "float32";
    found.set(network, { network, module: module.name, size: module.input, outputs, width, dtype });
  }
  return [...found.values()];
}

/** The module applied to x. Its parameters have the names that they have in PyTorch: `encoder.Zx.layers.0.weight`. */
export const applyOwn = (network: Own, parameters: readonly OwnParameter[], x: Expr): Expr =>
  foreign(
    network,
    x,
    parameters.map(({ name, shape, fixed }) =>
      parameter(`${network.name}.${name}`, shape, { kind: "own", fixed }),
    ),
  );

/** Whether a module has been built for this network. */
export const isBuilt = (network: NetworkShape, built: OwnParameters): network is Own =>
  network.module !== undefined && built.has(network.name);
