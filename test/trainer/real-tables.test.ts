/**
 * Real tables on which answers are known: tumours of which some were not measured in every way, and places on the ground whose
 * units are bytes.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import { opened, type Training } from "./train";

const folder = process.env["BOTTLENECK_TEST_DATA"];

async function trained(text: string): Promise<Training> {
  const choice = chooseSpec({ text });
  const dataset = await loadFor(choice, (path) => readFile(join(folder!, path)));
  const training = await opened(prepare(choice, dataset), 1);
  await training.run();
  assert.deepEqual(training.failures, []);
  return training;
}

const tumours = (seed: number): string => `spec Tumours {
  data "acc-missing.npz" { test = 30, validation = 10, seed = ${seed} }
  modality mrna : vector(198) standardise
  modality mirna : vector(471) log1p standardise
  modality protein : vector(33) standardise
  missing mrna rate 0.14
  missing mirna rate 0.13
  missing protein rate 0.5
  observe subtype : label(2)
  latent Zr : gaussian(2) from mrna
  latent Zm : gaussian(2) from mirna
  latent Z : gaussian(2) from mrna, mirna, protein by poe
  knob beta = 8 in 0.1 .. 100 log
  compress I(mrna; Zr)
  compress I(mirna; Zm)
  compress I(mrna, mirna, protein; Z)
  keep I(Zr; Zm) by infonce
  keep I(protein; Z)
  train { steps = 100, batch = 32, optimizer = adam(1e-3), seed = 1 }
}`;

const land = (change: string): string => `spec Land {
  data "satellite.npz" { seed = 1, test = 1500 }
  modality V : vector(18) = visible ${change}
  modality I : vector(18) = infrared ${change}
  latent Zv : gaussian(4) from V
  latent Zi : gaussian(4) from I
  knob beta = 32 in 0.1 .. 1000 log
  compress I(V; Zv)
  compress I(I; Zi)
  keep I(Zv; Zi) by infonce
  train { steps = 300, batch = 128, optimizer = adam(1e-3), seed = 1 }
}`;

describe("real tables", { skip: folder === undefined && "BOTTLENECK_TEST_DATA is not set" }, () => {
  test("codes of tumours that were not all measured in every way find the subtype, in mRNA and in microRNA", async () => {
    for (const seed of [1, 2]) {
      const training = await trained(tumours(seed));
      const { absent, data } = training.preparation;
      const lacking = (stream: string): number =>
        data.streams.get(stream)!.absent!.reduce((a, b) => a + b, 0);
      assert.deepEqual(["mrna", "mirna", "protein", "subtype"].map(lacking), [13, 12, 46, 14]);
      assert.ok(absent.known!["train"]!.length > 2, "batches have several patterns");
      const probes = await training.probes();
      await training.dispose();
      for (const code of ["Zr", "Zm"]) {
        const { low, chance } = probes.find((probe) => probe.code === code && probe.factor === "subtype")!;
        assert.ok(low > chance, `seed ${seed}: ${code} is right of at least ${low}, by chance ${chance}`);
      }
    }
  });

  test("bands of Landsat share several times as much once they are standardised", async () => {
    const shared: number[] = [];
    for (const change of ["", "standardise"]) {
      const training = await trained(land(change));
      const { terms } = await training.measure(training.preparation.data.splits.test);
      shared.push(terms["keep I(Zv; Zi)"]!);
      await training.dispose();
    }
    const [raw, standardised] = shared as [number, number];
    assert.ok(raw < 0.7, String(raw));
    assert.ok(standardised > 1.4, String(standardised));
  });
});
