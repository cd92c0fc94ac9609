import type { Spec } from "../theory/spec";

/** Names of the modules of the person's own that a spec has as networks, each once: `pkg.Encoder`. */
export const ownModulesIn = ({ networks }: Pick<Spec, "networks">): string[] => [
  ...new Set(networks.flatMap(({ network }) => (network.name === "torch" ? [network.module] : []))),
];
