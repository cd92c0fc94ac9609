import { defaultNetwork, networkText } from "../networks/index";
import { streamOf } from "../terms/roles";
import { writtenNetwork } from "./places";
import { fix, tell, type Check } from "./rule";

export const foreignNetwork: Check = {
  code: "foreign-network",
  severity: "warning",
  doc: "A module of your own runs in the exported code alone: nothing of the workspace is imported or run here. The preview trains a default network in its place, so its curves and probes are not those of your module.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = torch("package.Module")
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = mlp(256, 256)
  compress I(X; Z)
  keep I(X; Z)
}
`,
  check({ networks, ...spec }, _, tree) {
    return networks.flatMap(({ role, names, network, range }) => {
      if (network.name !== "torch" || role === "critic") return [];
      const stream = names.map((name) => streamOf(spec, { name })).find(Boolean);
      const instead = networkText(defaultNetwork({ role, ...(stream ? { stream } : {}) }));
      const message = `\`${network.module}\` runs in the exported code alone; the preview trains \`${instead}\` in its place, and what it shows is that network's.`;
      const place = writtenNetwork(tree, range);
      const fixes = place ? fix(`Use \`${instead}\` in the exported code too`, place, instead) : {};
      return [tell(foreignNetwork, range, message, fixes)];
    });
  },
};
