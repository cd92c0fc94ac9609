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
  severity: "information",
  doc: "Your own module needs PyTorch: the exported code imports it, and so does the preview, where its executor is `torch`. The Python that you have chosen then builds `Module(inputs, outputs)`, from your workspace folder or its own packages, and trains its parameters with the loss. With any other executor the preview refuses to train it. The command *Choose a Python for Previews* chooses both; on the command line, set `BOTTLENECK_PYTHON`, `BOTTLENECK_PACKAGES` and `--executor torch`.",
  example,
  fixed: edited(example, [
    ['network encoder X = torch("package.Module")', "network encoder X = mlp(256, 256)"],
  ]),
  check({ networks, ...spec }, _, tree) {
    return networks.flatMap(({ role, names, network, range }) => {
      if (network.name !== "torch" || role === "critic") return [];
      const stream = names.map((name) => streamOf(spec, { name })).find(Boolean);
      const instead = networkText(defaultNetwork({ role, ...(stream ? { stream } : {}) }));
      const message = `Only PyTorch can train \`${network.module}\`: the preview needs the executor \`torch\`, and a Python that finds this module.`;
      const place = writtenNetwork(tree, range);
      const fixes = place ? fix(`Use \`${instead}\` instead`, place, instead) : {};
      return [report(foreignNetwork, range, message, fixes)];
    });
  },
};
