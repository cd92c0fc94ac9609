/** The closed form of what CCA finds against simulation, and its limits; errors planted in it are noticed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RandomStream } from "../../core/random";
import { canonicalDirections, correlationsUnder } from "../../core/gaussian/cca";
import { detectable, overlapOf, rowsFor, shareOfCorrelation } from "../../core/gaussian/overlap";
import { drawnCovariances } from "../../core/gaussian/population";
import { flatView, pairOf } from "./gaussian-pairs";

interface Setting {
  p: number;
  q: number;
  rho: number;
  n: number;
}

const SETTINGS: Setting[] = [
  { p: 30, q: 90, rho: 0.6, n: 700 },
  { p: 60, q: 60, rho: 0.5, n: 1000 },
  { p: 120, q: 40, rho: 0.7, n: 600 },
  { p: 20, q: 80, rho: 0.85, n: 400 },
  { p: 70, q: 50, rho: 0.4, n: 3000 },
];

/** The squared cosine to the true direction of the view with p values, its variance being 1 in every direction. */
function simulated({ p, q, rho, n }: Setting, seed: number): { x: number; y: number } {
  const population = pairOf(flatView(p, 1), flatView(q, 1), [rho]);
  const sample = drawnCovariances(population, n, new RandomStream(seed, "overlap", n));
  const { a, b } = canonicalDirections(sample, 1, 1e-9);
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return { x: a[0]! ** 2 / squares(a), y: b[0]! ** 2 / squares(b) };
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const simulations = SETTINGS.map((setting) => {
  const all = SEEDS.map((seed) => simulated(setting, seed));
  return { x: mean(all.map(({ x }) => x)), y: mean(all.map(({ y }) => y)) };
});

/** How far a formula is from the simulation at worst. */
const worst = (formula: (setting: Setting) => { x: number; y: number }): number =>
  Math.max(
    ...SETTINGS.map((setting, i) => {
      const { x, y } = formula(setting);
      return Math.max(Math.abs(x - simulations[i]!.x), Math.abs(y - simulations[i]!.y));
    }),
  );

test("the closed form is within 0.03 of the simulated squared cosines of both views", () => {
  assert.ok(
    worst((setting) => overlapOf(setting, setting.rho, setting.n)) < 0.03,
    String(worst((setting) => overlapOf(setting, setting.rho, setting.n))),
  );
});

test("errors planted in the formula are further from the simulation than that", () => {
  const planted: Record<string, (setting: Setting) => { x: number; y: number }> = {
    "views exchanged": (setting) => {
      const { x, y } = overlapOf(setting, setting.rho, setting.n);
      return { x: y, y: x };
    },
    "rho not squared": (setting) => overlapOf(setting, Math.sqrt(setting.rho), setting.n),
    "twice the rows": (setting) => overlapOf(setting, setting.rho, 2 * setting.n),
    "1 - rho^2 not squared": ({ p, q, rho, n }) => {
      const r = rho * rho;
      const [u, v] = [r + ((1 - r) * q) / n, r + ((1 - r) * p) / n];
      const above = r * (u + v - u * v) - u * v;
      return { x: 1 / (1 + ((p / n) * (1 - r) * u) / above), y: 1 / (1 + ((q / n) * (1 - r) * v) / above) };
    },
    "always found": () => ({ x: 1, y: 1 }),
  };
  for (const [name, formula] of Object.entries(planted)) assert.ok(worst(formula) > 0.03, name);
});

test("nothing is found below the transition, and the correlation goes to that of the true directions", () => {
  for (const { p, q, rho } of SETTINGS) {
    const critical = detectable({ p, q }, rho);
    assert.ok(Math.abs((critical - p) * (critical - q) * rho ** 4 - p * q) < 1e-6 * p * q);
    assert.equal(overlapOf({ p, q }, rho, critical * 0.999).x, 0);
    assert.ok(overlapOf({ p, q }, rho, critical * 1.01).x > 0);
    assert.ok(shareOfCorrelation({ p, q, rhos: [rho] }, 1e9) > 0.9999);
  }
});

test("the rows for a level are where the share reaches it, and a quarter of the need shows about 0.6 of it", () => {
  const pair = { p: 100, q: 100, rhos: [0.3, 0.25] };
  const need = rowsFor(pair, 0.9);
  assert.ok(Math.abs(shareOfCorrelation(pair, need) - 0.9) < 1e-4);
  const quarter = shareOfCorrelation({ p: 100, q: 100, rhos: [0.3] }, need / 4);
  assert.ok(quarter > 0.4 && quarter < 0.75, String(quarter));
});

test("directions of a population's own covariances have its correlations", () => {
  const population = pairOf(flatView(12, 3), flatView(9, 3), [0.9, 0.6, 0.3]);
  const found = correlationsUnder(population, canonicalDirections(population, 3, 1e-9));
  [0.9, 0.6, 0.3].forEach((rho, i) => assert.ok(Math.abs(found[i]! - rho) < 1e-4, String(found[i])));
});
