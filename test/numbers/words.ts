/** What cases are written with: streams, and terms as the reference is asked for them. */
import type { Case } from "./case";

export const X = { kind: "vector", shape: [6] };
export const Y = { kind: "image", shape: [2, 4] };
export const L = { kind: "label", shape: [4] };
export const declared = {
  X: "modality X : vector(6)\n network encoder X = mlp(9, 7)\n network decoder X = mlp(7)",
  Y: "modality Y : image(2, 4)\n network encoder Y = mlp(8)\n network decoder Y = mlp(9, 5)",
  L: "target L : label(4)\n network encoder L = mlp(5)\n network decoder L = mlp(6)",
};
export const knobs = "knob beta = 3 in 0.1 .. 100 log\n knob w = 0.4 in 0.01 .. 1";

export const gaussian = (from: string[], size = 3, more: object = {}): object => ({
  law: "gaussian",
  size,
  from,
  ...more,
});
export const pay = (kind: string, args: unknown[], more: object = {}): object => ({
  side: "compress",
  kind,
  args,
  ...more,
});
export const keep = (kind: string, args: unknown[], more: object = {}): object => ({
  side: "keep",
  kind,
  args,
  ...more,
});

/** A critic as the reference is asked for it. */
export const critic = (kind: string, more: object = {}): { critic: object } => ({
  critic: { kind, ...more },
});

/** Two codes of two views, and a bound between them. */
export function between(
  id: string,
  by: string,
  kind: string,
  more: object,
  sizes: [number, number] = [3, 3],
): Case {
  return {
    id,
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Zx : gaussian(${sizes[0]}) from X
      latent Zy : gaussian(${sizes[1]}) from Y
      ${/concat|separable|mine|flo/.test(by) || sizes[0] !== sizes[1] ? "network critic Zx, Zy = mlp(8, 6)" : ""}
      compress I(X; Zx)
      compress I(Y; Zy)
      keep I(Zx; Zy) by ${by}
      keep w * I(X; Zx)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, Y },
        latents: { Zx: gaussian(["X"], sizes[0]), Zy: gaussian(["Y"], sizes[1]) },
      },
      terms: [
        pay("kl", ["X", "Zx"]),
        pay("kl", ["Y", "Zy"]),
        keep(kind, ["Zx", "Zy"], more),
        keep("gaussian", ["X", "Zx"], { weight: 0.4 }),
      ],
    },
  };
}
