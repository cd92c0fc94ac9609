/** Codes that are mixtures: one component is as likely as another. */
import { fusionOf } from "./index";
import { latentOf } from "../terms/roles";
import type { Spec, Variable } from "../spec";

/** How many components a code has; 0 for one that is no mixture. Makes none of them. */
export function componentCount(spec: Spec, { name, subset }: Variable): number {
  const latent = latentOf(spec, { name });
  if (latent === undefined) return 0;
  const inputs = (subset ?? latent.from).length;
  return fusionOf(latent.fusion.name).count?.(inputs, subset === undefined) ?? 0;
}

/** The components of a code, as variables `Z[X]`; undefined for a code that is no mixture. */
export function componentsOf(spec: Spec, { name, subset }: Variable): Variable[] | undefined {
  const latent = latentOf(spec, { name });
  if (latent === undefined) return undefined;
  const parts = fusionOf(latent.fusion.name).components?.(subset ?? latent.from, subset === undefined) ?? [];
  return parts.length > 0 ? parts.map((part) => ({ name, subset: part })) : undefined;
}
