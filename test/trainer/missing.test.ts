import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import type { BoundStream } from "../../core/data/bind";
import { inputName } from "../../core/program/inputs";
import type { Program } from "../../core/program/program";
import type { Session } from "../../core/train/executor";
import { Inputs, type Moment } from "../../core/train/inputs";
import type { FromHost } from "../../core/train/protocol";
import { smallSpec, startHost, type TestSession } from "./session";
import { trainHere } from "./train";

const BATCH = 20;
const WIDTH = 3;

/** A program that reads all that there is of two streams that may be absent. */
const program: Program = {
  buffers: [
    { input: { kind: "stream", of: "X" } as const, shape: [BATCH, WIDTH], dtype: "float32" as const },
    { input: { kind: "present", of: "X" } as const, shape: [BATCH, 1], dtype: "float32" as const },
    { input: { kind: "present", of: "Y" } as const, shape: [BATCH, 1], dtype: "float32" as const },
    { input: { kind: "rows", of: "X" } as const, shape: [14], dtype: "int32" as const },
    { input: { kind: "rows", of: "X and Y" } as const, shape: [10], dtype: "int32" as const },
  ].map((buffer, id) => ({ ...buffer, name: inputName(buffer.input), id, role: "input" as const })),
  operations: [],
  scratch: 0,
};

const X: BoundStream & { absentWith: string[] } = {
  name: "X",
  kind: { name: "vector", sizes: [WIDTH] },
  field: "X",
  shape: [WIDTH],
  values: new Float32Array(100 * WIDTH).fill(7),
  absentWith: ["X"],
};

const range = { start: 0, end: 0 };
const absent = {
  missing: [
    { stream: "X", rate: 0.3, range },
    { stream: "Y", rate: 0.3, range },
  ],
  parts: [[["X"]], [["X"], ["Y"]]],
};

/** What a program is given at a moment, by name. */
function given(moment: Partial<Moment> = {}): Record<string, number[]> {
  const written: Record<string, number[]> = {};
  const session = {
    write: (_: string, name: string, values: ArrayLike<number>) => (written[name] = Array.from(values)),
  } as unknown as Session;
  new Inputs("p", program, new Map([["X", X]]), 5, absent).write(session, {
    rows: Int32Array.from({ length: BATCH }, (_, i) => i),
    step: 0,
    purpose: "training",
    knobs: {},
    ...moment,
  });
  return written;
}

const where = (values: number[], value: number): number[] =>
  values.flatMap((each, i) => (each === value ? [i] : []));

test("streams, columns and rows tell the same absence, as often as the rates say", () => {
  for (const step of [0, 1, 2]) {
    const found = given({ step });
    const [x, y] = [where(found["present.X"]!, 1), where(found["present.Y"]!, 1)];
    assert.deepEqual([x.length, y.length], [14, 14]);
    assert.deepEqual(found["rows.X"], x);
    assert.deepEqual(
      found["rows.X and Y"],
      x.filter((row) => y.includes(row)),
    );
    assert.equal(found["rows.X and Y"].length, 10);
    const full = where(found.X!, 7).map((at) => Math.floor(at / WIDTH));
    assert.deepEqual([...new Set(full)], x);
    assert.equal(where(found.X!, 0).length, 6 * WIDTH);
  }
});

test("which rows lack a stream is a function of seed, purpose and step", () => {
  const rows = (moment: Partial<Moment>) => given(moment)["rows.X"];
  assert.deepEqual(rows({ step: 3 }), rows({ step: 3 }));
  assert.notDeepEqual(rows({ step: 3 }), rows({ step: 4 }));
  assert.notDeepEqual(rows({ step: 3 }), rows({ step: 3, purpose: "held-out" }));
});

test("a stream can be left out of all rows, or none, while terms read their own", () => {
  for (const [without, there] of [
    [[], 1],
    [["X"], 0],
  ] as const) {
    const found = given({ absent: without });
    assert.deepEqual(where(found["present.X"]!, there).length, BATCH);
    assert.deepEqual(where(found.X!, 7 * there).length, BATCH * WIDTH);
    assert.deepEqual(where(found["present.Y"]!, 1).length, BATCH);
    assert.equal(found["rows.X and Y"]!.length, 10);
  }
});

async function opened(text: string): Promise<TestSession> {
  const session = startHost();
  session.open(text);
  await session.until(
    (message): message is Extract<FromHost, { kind: "phase" }> =>
      message.kind === "phase" && message.phase === "finished",
  );
  return session;
}

test("a preview with absent streams trains, and probes codes with and without them", async () => {
  const fused = "latent Z : gaussian(4) from X, Y by poe\n compress I(X, Y; Z)\n keep I(digit2; Z)";
  const text = smallSpec(
    `target digit2 : label(10) = digit\n missing X rate 0.25\n missing Y rate 0.5\n ${fused}`,
  );
  const session = await opened(text);
  assert.ok(session.points().every(({ total }) => Number.isFinite(total)));
  const codes = new Set(
    session
      .of("verdicts")
      .at(-1)!
      .verdicts.map(({ code }) => code),
  );
  // Zx has no code without X; Z has one without either.
  assert.deepEqual([...codes], ["Zx", "Zy", "Z", "Z without X", "Z without Y"]);
  await session.close();
});

test("data with fewer rows than a term needs are refused at the term", async () => {
  const session = startHost();
  session.open(smallSpec("missing X rate 0.9", { data: "samples = 12, validation = 12, test = 12" }));
  const { diagnostics } = await session.until((message) => message.kind === "rejected");
  assert.match(diagnostics[0]!.message, /A batch of this data has 12 rows, too few for two that have all/);
  await session.close();
});

test("the example's story: a code that has met silence sees better than one that has not", async () => {
  const text = readFileSync(new URL("../../examples/missing-view.bottleneck", import.meta.url), "utf8");
  const seeing = async (source: string): Promise<number> => {
    const probes = await trainHere(source, 2);
    return probes.find(({ code, factor }) => code === "Z without sound" && factor === "digit")!.value;
  };
  const met = await seeing(text);
  const never = await seeing(text.replaceAll(/rate 0\.\d/g, "rate 0"));
  assert.ok(met > 0.8, `${met} of the digits are named without the sound`);
  assert.ok(met > never + 0.08, `${met} with absent streams, ${never} with none`);
});
