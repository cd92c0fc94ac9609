/** Weights of a session: what its programs learn, and what their optimiser remembers. */
import { sizeOf, type Program } from "../program/program";
import type { Session } from "./executor";
import type { Tensor } from "./safetensors";

type Role = "parameter" | "state";
const allRoles: readonly Role[] = ["parameter", "state"];

/** Parameters and states of a session, by name. */
export async function readWeights(
  session: Session,
  name: string,
  program: Program,
  roles = allRoles,
): Promise<Record<string, Tensor>> {
  const tensors: Record<string, Tensor> = {};
  for (const { role, name: buffer, shape } of program.buffers) {
    if (!roles.some((one) => one === role)) continue;
    const values = await session.read(name, buffer!);
    tensors[buffer!] = { shape, values: values instanceof Float32Array ? values : Float32Array.from(values) };
  }
  return tensors;
}

/** Writes those tensors that the program has under the same name, role and shape. Returns how many. */
export function writeWeights(
  session: Session,
  name: string,
  program: Program,
  tensors: Record<string, Tensor>,
  roles: readonly Role[],
): number {
  let written = 0;
  for (const buffer of program.buffers) {
    if (!roles.some((role) => role === buffer.role)) continue;
    const tensor = Object.hasOwn(tensors, buffer.name!) ? tensors[buffer.name!] : undefined;
    if (tensor === undefined || tensor.shape.join() !== buffer.shape.join()) continue;
    if (tensor.values.length !== sizeOf(buffer.shape)) continue;
    session.write(name, buffer.name!, tensor.values);
    written++;
  }
  return written;
}

/** Puts first values into every parameter that has some, by name, and zeros into every state. */
export function writeFresh(
  session: Session,
  name: string,
  program: Program,
  first: Record<string, Float32Array>,
): void {
  for (const { role, name: buffer, shape } of program.buffers) {
    if (role === "parameter" && Object.hasOwn(first, buffer!)) session.write(name, buffer!, first[buffer!]!);
    if (role === "state") session.write(name, buffer!, new Float32Array(sizeOf(shape)));
  }
}
