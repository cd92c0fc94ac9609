/** Every network, and which one an encoder or a decoder gets. */
import type { BuiltNetwork, NetworkName } from "../spec";
import { bag } from "./bag";
import { cnn } from "./cnn";
import { linear, mlp } from "./mlp";
import type { Ends, Network } from "./network";

export const networks: readonly Network[] = [linear, mlp, cnn, bag];

export const networkOf = (name: NetworkName): Network => networks.find((network) => network.name === name)!;

/** Hidden layers where the spec says nothing. */
export const DEFAULT_WIDTHS = [128, 128];

/** What stands where the spec says nothing: word vectors for an encoder of one text, else a perceptron. */
export const defaultNetwork = ({ role, stream }: Pick<Ends, "role" | "stream">): BuiltNetwork =>
  role === "encoder" && stream?.kind.name === "text"
    ? { name: "bag", sizes: [64, 128] }
    : { name: "mlp", sizes: DEFAULT_WIDTHS };

/** As it is written: `mlp(128, 128)`. */
export const networkText = ({ name, sizes }: BuiltNetwork): string =>
  sizes.length === 0 ? name : `${name}(${sizes.join(", ")})`;
