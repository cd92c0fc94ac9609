import { numericIn } from "./numeric";
import { SEED, type StressTest, type Tests } from "./test";

const SHARE = 0.05;

/** A rare group that decides a target; it is judged by itself. */
export const rare: Tests = {
  ids: ["rare"],
  doc: "One sample in twenty gets a mark in one stream and one certain class of a target. All test samples have the mark: this group is judged by itself.",
  of: ({ spec, streams }) => {
    const names = numericIn(streams);
    const targets = spec.streams.filter(({ role, kind }) => role === "target" && kind.name === "label");
    const test: StressTest = {
      id: "rare",
      kind: "shift",
      advice: (factor) => `Let a code that reads every stream predict ${factor}, or raise \`beta\`.`,
      variants: targets.flatMap(({ name }) =>
        names.map((stream) => ({
          title: `A group of ${100 * SHARE} % of the samples, marked in ${stream}, with a ${name} of its own`,
          factor: name,
          alterations: [{ id: "rare", stream, target: name, share: SHARE, class: 0, size: 1, seed: SEED }],
        })),
      ),
    };
    return test.variants.length > 0 ? [test] : [];
  },
};
