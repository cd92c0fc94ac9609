/** Frozen codes: their weights come from a file or from the training before, and no training changes them. */
import assert from "node:assert/strict";
import test from "node:test";
import type { FromHost } from "../../core/train/protocol";
import { weightsFile } from "../../core/train/given-weights";
import { readTensors, writeTensors, type Tensor } from "../../core/train/safetensors";
import { unpackSnapshot } from "../../core/train/snapshot";
import { isPhase, smallSpec, startHost, type TestSession } from "./session";

const trained = smallSpec("", { epochs: 2 });
/** The same code among other terms, so that a file of `trained` is one of another spec. */
const frozen = trained
  .replace("latent Zx : gaussian(4) from X", "latent Zx : gaussian(4) from X frozen")
  .replace("keep 0.02 * I(X; Zx)", "keep I(digit; Zx)")
  .replace("observe digit", "target digit");

const finished = isPhase("finished");

async function stateOf(session: TestSession): Promise<NonNullable<ReturnType<typeof unpackSnapshot>>> {
  const before = session.heard.length;
  session.channel.send({ kind: "save" });
  const isSnapshot = (message: FromHost): message is Extract<FromHost, { kind: "snapshot" }> =>
    message.kind === "snapshot";
  return unpackSnapshot((await session.until(isSnapshot, before)).bytes)!;
}

const encoderOf = (tensors: Record<string, Tensor>, code: string): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(`encoder.${code}.`))
      .map(([name, { values }]) => [name, [...values]]),
  );

/** A file of weights that lacks one. */
function without(file: Uint8Array, name: string): Uint8Array {
  const { tensors, metadata } = readTensors(file);
  return writeTensors({
    metadata,
    tensors: Object.fromEntries(Object.entries(tensors).filter(([known]) => known !== name)),
  });
}

const randomFindings = (session: TestSession): string[] =>
  session
    .of("finding")
    .flatMap(({ finding }) => (finding.code === "frozen-at-random" ? [finding.message] : []));

test("a frozen code has the weights of a file, also after a reset; others train", async () => {
  const first = startHost();
  first.open(trained);
  await first.until(finished);
  const file = weightsFile(await stateOf(first));
  await first.close();

  const session = startHost();
  session.open(frozen, { autorun: false });
  await session.until(isPhase("idle"));
  assert.deepEqual(randomFindings(session), [
    "`Zx` is frozen, but 12696 weights of its encoder have random first values. Open the weights with which it was trained.",
  ]);
  const start = (await stateOf(session)).tensors;
  session.channel.send({ kind: "judge", name: "model.safetensors", weights: file });
  await session.until(finished);
  assert.ok(session.points().length > 0, "it trains");
  assert.equal(randomFindings(session).length, 1);
  const { tensors } = await stateOf(session);
  const given = encoderOf(readTensors(file).tensors, "Zx");
  assert.equal(Object.keys(given).length, 4);
  assert.deepEqual(encoderOf(tensors, "Zx"), given);
  assert.notDeepEqual(encoderOf(start, "Zx"), given);
  assert.notDeepEqual(encoderOf(tensors, "Zy"), encoderOf(start, "Zy"));

  const before = session.heard.length;
  session.channel.send({ kind: "reset", seed: 8 });
  await session.until(finished, before);
  assert.deepEqual(encoderOf((await stateOf(session)).tensors, "Zx"), given);
  assert.equal(randomFindings(session).length, 1);

  session.channel.send({
    kind: "judge",
    name: "other.safetensors",
    weights: without(file, "encoder.Zx.2.bias"),
  });
  const failed = await session.until(isPhase("failed"));
  assert.match(
    failed.detail!,
    /^The weights of other\.safetensors do not fit the frozen codes of this spec: encoder\.Zx\.2\.bias is missing\./,
  );
  await session.close();
});

test("a code that is frozen while it trains keeps what it has learned", async () => {
  const session = startHost();
  session.open(trained);
  await session.until(finished);
  const learned = encoderOf((await stateOf(session)).tensors, "Zx");
  const before = session.heard.length;
  session.open(frozen, { generation: 1 });
  await session.until(finished, before);
  assert.deepEqual(encoderOf((await stateOf(session)).tensors, "Zx"), learned);
  assert.deepEqual(randomFindings(session), []);
  await session.close();
});
