/** `share Zx, Zy`: the encoders of the first are those of the others too. */
import type { ShareStatement } from "../../language/tree";
import { unfitBound } from "../faults/unfit-bound";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { presenceOf } from "../missing/presence";
import { latentOf, streamOf } from "../terms/roles";
import type { Latent } from "../spec";
import type { Scope } from "./scope";

export function resolveShare(scope: Scope, { names, range }: ShareStatement): void {
  if (names.length < 2) {
    scope.report(wrongArguments.share(range));
    return;
  }
  const latents: Latent[] = [];
  for (const name of names) {
    const role = scope.find(name, "latent");
    if (role !== undefined && role !== "latent") {
      scope.report(wrongRole.notLatent(name.range, name.text, "encoder"));
      return;
    }
    const latent = scope.latents.find((candidate) => candidate.name === name.text);
    if (latent === undefined) return;
    latents.push(latent);
  }
  const [first, ...others] = latents as [Latent, ...Latent[]];
  for (const other of others) {
    if (encoderText(scope, other) === encoderText(scope, first)) {
      other.encoder = first.encoder ?? first.name;
      continue;
    }
    scope.report(unfitBound.sharedEncoder(range, first.name, other.name));
  }
}

/** What an encoder is but for its weights. */
function encoderText(scope: Scope, { law, from, fusion, given }: Latent): string {
  const { streams, latents, missing } = scope;
  const spec = { streams, latents, missing };
  const width = (name: string): number | undefined =>
    streamOf(spec, { name })?.width ?? latentOf(spec, { name })?.law.size;
  // One network on several inputs has a column for each that may be absent.
  const masks = fusion.name === "concat" && from.map((name) => presenceOf(spec, { name }).length > 0);
  return JSON.stringify([law, fusion, from.map(width), given.map(width), masks]);
}
