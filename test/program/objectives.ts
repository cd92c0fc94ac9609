/** Objectives written by hand over expressions, for tests of what comes after the derivation. */
import * as e from "../../core/program/expression";
import type { Expr } from "../../core/program/expression";
import type { Objective } from "../../core/theory/derivation/loss";

interface Sizes {
  input: number;
  widths: number[];
  code: number;
}

/**
 * The deep variational symmetric bottleneck: two Gaussian codes with decoders, their shared information bounded by
 * InfoNCE or by MINE with a critic network over shuffled pairs.
 */
export function symmetricBottleneck({ input, widths, code }: Sizes, between: "infonce" | "mine"): Objective {
  const side = (
    name: "X" | "Y",
  ): { z: Expr; mean: Expr; rate: Expr; rowRates: Expr; rates: Expr; x: Expr } => {
    const x = e.input(name, ["N", input]);
    const layers = e.perceptron([input, ...widths, 2 * code]);
    const network = { name: `encoder.Z${name}`, layers, output: 2 * code };
    const out = e.network(network, x);
    const mean = e.slice(out, 1, 0, code);
    const logVariance = e.slice(out, 1, code, code);
    const deviation = e.exp(e.mul(0.5, logVariance));
    const z = e.add(mean, e.mul(deviation, e.input({ kind: "noise", of: `Z${name}` }, ["N", code])));
    const rate = e.mul(0.5, e.sub(e.sub(e.add(e.exp(logVariance), e.square(mean)), 1), logVariance));
    const rowRates = e.sum(rate, 1);
    return { z, mean, rate: e.mean(rowRates), rowRates, rates: e.mean(rate, 0), x };
  };
  const [x, y] = [side("X"), side("Y")];
  const decode = (name: string, { x, z }: { x: Expr; z: Expr }): { mean: Expr; value: Expr } => {
    const layers = e.perceptron([code, ...widths, input]);
    const network = { name: `decoder.${name}`, layers, output: input };
    const mean = e.sigmoid(e.network(network, z));
    const likelihood = e.mul(-0.5, e.add(e.square(e.sub(x, mean)), Math.log(2 * Math.PI)));
    return { mean, value: e.mean(e.sum(likelihood, 1)) };
  };
  const [dx, dy] = [decode("X", x), decode("Y", y)];
  const shared = between === "infonce" ? infonce(x.z, y.z, code) : mine(x.z, y.z, code, widths);
  const kept = e.add(shared, e.mul(0.1, e.add(dx.value, dy.value)));
  return {
    total: e.sub(e.add(x.rate, y.rate), e.mul(e.knob("beta"), kept)),
    terms: {
      "I(X; Zx)": x.rate,
      "I(Y; Zy)": y.rate,
      "I(Zx; Zy)": shared,
      "D(X; Zx)": dx.value,
      "D(Y; Zy)": dy.value,
    },
    shaped: {},
    coordinates: {},
    applications: {},
    contrasts: {},
    codes: {},
    densities: {},
    statistics: {},
    rates: { ZX: x.rates, ZY: y.rates },
    rowRates: { ZX: x.rowRates, ZY: y.rowRates },
    draws: { ZX: x.z, ZY: y.z },
    means: { ZX: x.mean, ZY: y.mean },
    missing: [],
    parts: [],
    reconstructions: { X: dx.mean, Y: dy.mean },
    generation: { decoded: {}, priors: {}, parts: {} },
  };
}

function infonce(a: Expr, b: Expr, code: number): Expr {
  const scores = e.div(e.matmul(a, b, false, true), Math.sqrt(code));
  const side = (axis: number): Expr => e.mean(e.sub(e.diagonal(scores), e.logMeanExp(scores, axis)));
  return e.mul(0.5, e.add(side(0), side(1)));
}

function mine(a: Expr, b: Expr, code: number, widths: number[]): Expr {
  const network = { name: "critic.ZX-ZY", layers: e.perceptron([2 * code, ...widths, 1]), output: 1 };
  const critic = (x: Expr, y: Expr): Expr => e.sum(e.network(network, e.concat([x, y])), 1);
  const shuffled = e.gather(b, e.input("order", ["N"], "int32"));
  return e.sub(e.mean(critic(a, b)), e.logMeanExp(critic(a, shuffled), 0));
}
