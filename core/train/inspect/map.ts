/** Rows as points: the means of a code along the two directions in which they vary most. */
import { principalPlane } from "../probes/principal";
import type { CodeMap } from "./messages";
import type { Scene } from "./scene";

/**
 * @param before axes of the same code as they were shown last, so that the picture is not mirrored
 * @returns the map, and its axes
 */
export async function mapOf(
  scene: Scene,
  code: string,
  before: readonly Float64Array[] | undefined,
): Promise<{ map: Omit<CodeMap, "step">; axes: Float64Array[] }> {
  const { rows } = scene;
  const { "mean.": means } = await scene.encode(["mean."], rows);
  const { axes, shares, places } = principalPlane(means[code]!, rows.length, before);
  return {
    axes,
    map: {
      kind: "map",
      code,
      rows: [...rows],
      x: [...places[0]!],
      y: [...(places[1] ?? new Float64Array(rows.length))],
      shares,
      factors: scene.factorsOf(rows),
    },
  };
}
