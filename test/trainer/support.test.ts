import assert from "node:assert/strict";
import test from "node:test";
import type { BoundStream } from "../../core/data/bind";
import { analyse } from "../../core/theory/analyse";
import { outsideSupport } from "../../core/train/support";

const text = (bound: string): string => `spec A {
  modality X : image(1, 2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)${bound}
}`;

function refusals(bound: string, values: BoundStream["values"]) {
  const written = text(bound);
  const { derived } = analyse(written).specs[0]!;
  const kind = { name: "image", sizes: [1, 2] } as const;
  const stream: BoundStream = {
    name: "X",
    kind: { ...kind, sizes: [...kind.sizes] },
    field: "pixels",
    shape: [1, 1, 2],
    values,
  };
  return { written, found: outsideSupport(derived!, new Map([["X", stream]])) };
}

test("a value that the likelihood does not allow is refused, with its place and a fix", () => {
  const { written, found } = refusals(" by bernoulli", Float32Array.of(0, 1, 0.5, 255));
  assert.equal(found.length, 1);
  const [{ code, severity, message, range, fixes }] = found as [(typeof found)[0]];
  assert.deepEqual([code, severity], ["data", "error"]);
  assert.match(
    message,
    /`bernoulli` needs values from 0 to 1, but column 1 of sample 1 of the field `pixels`/,
  );
  assert.match(message, /is 255 \(the values are from 0 to 255\).*divide the values by 255/);
  assert.equal(written.slice(range.start, range.end), "bernoulli");
  assert.equal(fixes?.[0]?.edits[0]?.text, "gaussian");
});

test("values below 0 are refused alike; those within, bytes and other likelihoods are not", () => {
  assert.match(
    refusals(" by bernoulli", Float32Array.of(-1, 1, 0, 0)).found[0]!.message,
    /column 0 of sample 0.*is -1 .*scale the values to 0 to 1/,
  );
  assert.deepEqual(refusals(" by bernoulli", Float32Array.of(0, 1, 0.5, 1)).found, []);
  assert.deepEqual(refusals(" by bernoulli", Uint8Array.of(0, 255, 3, 4)).found, []);
  assert.deepEqual(refusals(" by gaussian", Float32Array.of(-7, 255, 3, 4)).found, []);
});
