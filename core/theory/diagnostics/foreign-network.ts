import { defaultNetwork, networkText } from "../networks/index";
import { streamOf } from "../terms/roles";
import { writtenNetwork } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = torch("package.Module")
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const foreignNetwork: Check = {
  code: "foreign-network",
  severity: "warning",
  doc: "Your own module only runs in the exported code: the preview imports and runs nothing of the workspace. The preview trains a default network instead, so its curves and probes are those of the default network.",
  example,
  fixed: edited(example, [
    ['network encoder X = torch("package.Module")', "network encoder X = mlp(256, 256)"],
  ]),
  check({ networks, ...spec }, _, tree) {
    return networks.flatMap(({ role, names, network, range }) => {
      if (network.name !== "torch" || role === "critic") return [];
      const stream = names.map((name) => streamOf(spec, { name })).find(Boolean);
      const instead = networkText(defaultNetwork({ role, ...(stream ? { stream } : {}) }));
      const message = `\`${network.module}\` only runs in the exported code. The preview trains \`${instead}\` instead, and shows the results of that network.`;
      const place = writtenNetwork(tree, range);
      const fixes = place ? fix(`Use \`${instead}\` in the exported code too`, place, instead) : {};
      return [report(foreignNetwork, range, message, fixes)];
    });
  },
};
