/** Codes of other laws learn in the trainer: a categorical one finds labels, a von Mises-Fisher one a direction. */
import assert from "node:assert/strict";
import test from "node:test";
import { isPhase, startHost } from "./session";

/** A target in the planted factors, told by a code of this law; what is paid for it. */
async function trained(law: string, pays: string) {
  const host = startHost();
  try {
    host.open(`spec S {
      data "planted-factors" { samples = 1500, validation = 300, test = 300 }
      modality X : vector(64)
      target label : label(10)
      latent Z : ${law} from X
      knob beta = 32 in 1 .. 100 log
      ${pays}
      keep I(label; Z)
      network encoder X = mlp(64)
      network decoder label = mlp(32)
      train { epochs = 12, batch = 64, optimizer = adam(3e-3), seed = 2 }
    }`);
    await host.until(isPhase("finished"));
    assert.deepEqual(host.refused, []);
    const points = host.points();
    return {
      first: points[0]!,
      last: points.at(-1)!.heldOut!,
      rates: host.of("rates").at(-1)!.rates.Z!,
      probe: host
        .of("measurements")
        .flatMap(({ measurements }) => measurements)
        .findLast(({ factor, id }) => factor === "label" && id === "accuracy-of-mean")!,
    };
  } finally {
    await host.close();
  }
}

test("a categorical code is trained to tell a label, at an entropy that it reports", async () => {
  const { last, rates, probe } = await trained("categorical(10)", "prior Z = learned\n compress H(Z)");
  const [told, entropy] = [last.terms["keep I(label; Z)"]!, last.terms["compress H(Z)"]!];
  // Knowing nothing is -log 10 = -2.3; one of ten values for ten sectors leaves the noise of the views.
  assert.ok(told > -1.7, `${told} nats of the label`);
  assert.ok(entropy > Math.log(10) + told - 0.1, `H(Z) ${entropy} is less than what it tells`);
  assert.equal(rates.length, 1, "the rate of a categorical code is one number");
  assert.ok(probe.value > 0.35, `a probe of the probabilities: ${probe.value}`);
});

test("a von Mises-Fisher code is trained to tell a label by its direction", async () => {
  const { first, last, rates, probe } = await trained("vmf(3)", "compress I(X; Z)");
  const told = last.terms["keep I(label; Z)"]!;
  assert.ok(told > -1.7, `${told} nats of the label`);
  assert.ok(rates[0]! > first.terms["compress I(X; Z)"]!, "the concentration rises");
  assert.ok(probe.value > 0.35, `a probe of the direction: ${probe.value}`);
});
