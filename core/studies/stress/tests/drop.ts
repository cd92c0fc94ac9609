import { ablationsOf } from "../ablations";
import { isRefusal } from "../statements";
import type { Design, StressTest, Tests } from "./test";

/** A stream, a code or a term left out; codes half as wide, and twice. */
export const ablations: Tests = {
  ids: ["drop-NAME", "shrink", "widen"],
  doc: "Leaves out each stream, code and term in turn, with all that needs it, and makes the codes half and twice as wide. Broken only where the terms that are left still ask for the factor: a network without a bottleneck has to find it in every stream, or set of streams, that such a term connects.",
  of: ({ written, spec }) => {
    if (isRefusal(written)) return [];
    return ablationsOf(written).flatMap(({ id, title, variant }): StressTest[] => {
      if (isRefusal(variant)) return [];
      const { latents } = variant.derived.spec;
      const words = latents.every(({ law }) => law.name === "categorical");
      const change = {
        title,
        text: variant.text,
        ...(id.startsWith("drop-") && { limits: variant.derived }),
        ...(words && { classes: latents.reduce((product, { law }) => product * law.size, 1) }),
      };
      return [{ id, kind: "ablation", advice: adviceOf(id, spec), variants: [change] }];
    });
  },
};

function adviceOf(id: string, { streams, latents }: Design["spec"]): StressTest["advice"] {
  const name = id.replace("drop-", "");
  if (id === "shrink")
    return (factor) => `Keep the codes at least as wide as they are, or give ${factor} a term of its own.`;
  if (id === "widen")
    return () => "Keep the codes as narrow as they are, or lower the weight of what fills them.";
  if (streams.some((stream) => stream.name === name))
    return (factor) =>
      `Give the encoders of the other streams more layers, which the information on ${factor} in them needs, or do not use the design without ${name}.`;
  if (latents.some((latent) => latent.name === name))
    return (factor) =>
      `Only \`${name}\` keeps ${factor}: let a second code keep it too, or do not remove this one.`;
  return (factor) => `Do not remove this term, or let another one keep ${factor}.`;
}
