/** Five losses that people train most, of 28 x 28 views and networks of a width. */
import { catalogue } from "../../../core/catalogue/index";

/** Which networks of each method are perceptrons of the width. */
export const LOSSES: Readonly<Record<string, readonly string[]>> = {
  "beta-VAE": ["encoder X", "decoder X"],
  DVIB: ["encoder X", "decoder Y"],
  CLIP: ["encoder X", "encoder Y"],
  MVAE: ["encoder X", "encoder Y", "decoder X", "decoder Y"],
  DVSIB: ["encoder X", "encoder Y", "decoder X", "decoder Y"],
};

export function specOf(loss: string, width: number): string {
  const found = catalogue().find(({ method }) => method === loss);
  const networks = LOSSES[loss];
  if (found === undefined || networks === undefined)
    throw new Error(`There is no loss \`${loss}\`: ${Object.keys(LOSSES).join(", ")}`);
  const lines = networks.map((network) => `  network ${network} = mlp(${width}, ${width})\n`).join("");
  return found.text.replaceAll("vector(64)", "image(28, 28)").replace(/\}\s*$/, `${lines}}\n`);
}
