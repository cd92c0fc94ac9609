/** Numbers of numpy's arrays are the same however their bytes arrive, in either order of bytes and of axes. */
import assert from "node:assert/strict";
import test from "node:test";
import type { NumberArray } from "../../core/data/reader";
import type { Content } from "../../core/data/readers/content";
import { TYPES } from "../../core/data/readers/npy-numbers";
import { readNumbers } from "../../core/data/readers/npy-rows";

const subject = { kind: "source" } as const;

/** Bytes that come in pieces of a length: where they are asked for, or elsewhere. */
function contentOf(bytes: Uint8Array, { length, asked }: { length: number; asked: boolean }): Content {
  return {
    uri: "a.npy",
    about: subject,
    size: bytes.length,
    async *pieces(ranges, into) {
      for (const { start, end } of ranges)
        for (let at = start; at < end; at += length) {
          const piece = bytes.slice(at, Math.min(end, at + length));
          const place = asked ? into?.subarray(at - start, at - start + piece.length) : undefined;
          place?.set(piece);
          yield place ?? piece;
        }
    },
  };
}

const arrays = { f4: Float32Array, i4: Int32Array, u1: Uint8Array } as const;

test("numbers that are kept as they are saved", async () => {
  for (const code of ["f4", "i4", "u1"] as const)
    for (const start of [8, 9])
      for (const big of [false, true])
        for (const asked of [true, false])
          for (const length of [1, 3, 50, 1000]) {
            const expected = new arrays[code](60).map((_, i) => 3 * i + 1);
            const bytes = new Uint8Array(start + expected.byteLength);
            const own = new Uint8Array(expected.buffer.slice(0));
            if (big)
              for (let i = 0; i < own.length; i += expected.BYTES_PER_ELEMENT)
                own.subarray(i, i + expected.BYTES_PER_ELEMENT).reverse();
            bytes.set(own, start);
            const content = contentOf(bytes, { length, asked });
            const header = { start, shape: [12, 5], fortran: false };
            const encoding = { type: TYPES[code]!, code, big };
            const read = async (rows?: Int32Array) =>
              ((await readNumbers(content, header, encoding, rows)) as NumberArray).values;
            assert.deepEqual(await read(), expected, `${code} ${start} ${big} ${asked} ${length}`);
            const some = await read(Int32Array.of(1, 2, 9));
            assert.deepEqual([...some], [...expected.slice(5, 15), ...expected.slice(45, 50)]);
          }
});

test("columns that are saved one after another, of more samples than are put in place together", async () => {
  const shape = [150, 3, 2];
  const saved = new Float64Array(900);
  for (let i = 0; i < 900; i++) {
    const [row, a, b] = [Math.floor(i / 6), Math.floor(i / 2) % 3, i % 2];
    saved[row + 150 * (a + 3 * b)] = i;
  }
  for (const code of ["f8", "f4", "i4"] as const) {
    const numbers = code === "f8" ? saved : new arrays[code](saved);
    const content = contentOf(new Uint8Array(numbers.buffer), { length: 70, asked: true });
    const header = { start: 0, shape, fortran: true };
    const encoding = { type: TYPES[code]!, code, big: false };
    const all = (await readNumbers(content, header, encoding, undefined)) as NumberArray;
    assert.deepEqual([...all.values], [...Array(900).keys()]);
    const some = (await readNumbers(content, header, encoding, Int32Array.of(63, 64, 149))) as NumberArray;
    assert.deepEqual(
      [...some.values],
      [63, 64, 149].flatMap((row) => [0, 1, 2, 3, 4, 5].map((i) => 6 * row + i)),
    );
  }
});

test("whole numbers of eight bytes are int32 where that holds all of them, and float32 from the first on that it does not", async () => {
  const least = -(2n ** 31n);
  const cases: [code: string, last: bigint, kept: "int32" | "float32"][] = [
    ["i8", -1n, "int32"],
    ["i8", least, "int32"],
    ["i8", least - 1n, "float32"],
    ["i8", 2n ** 31n, "float32"],
    ["i8", 2n ** 32n, "float32"],
    ["u8", 2n ** 31n - 1n, "int32"],
    ["u8", 2n ** 31n, "float32"],
    ["u8", 2n ** 32n + 5n, "float32"],
  ];
  for (const [code, last, kept] of cases) {
    // More than a block, so that the last ones come when others are kept already.
    const whole = BigInt64Array.from({ length: 9000 }, (_, i) => (i === 8999 ? last : BigInt(i)));
    const content = contentOf(new Uint8Array(whole.buffer), { length: 4096, asked: false });
    const header = { start: 0, shape: [9000], fortran: false };
    const read = await readNumbers(content, header, { type: TYPES[code]!, code, big: false }, undefined);
    const { dtype, values } = read as NumberArray;
    assert.equal(dtype, kept, `${code} ${last}`);
    assert.deepEqual(
      [values[0], values[8998], values[8999]],
      [0, 8998, kept === "int32" ? Number(last) : Math.fround(Number(last))],
    );
  }
  const far = new Uint8Array(BigUint64Array.of(1n, 2n ** 64n - 1n).buffer);
  const header = { start: 0, shape: [2], fortran: false };
  const encoding = { type: TYPES["u8"]!, code: "u8", big: false };
  const refused = await readNumbers(
    contentOf(far, { length: 99, asked: false }),
    header,
    encoding,
    undefined,
  );
  assert.match((refused as { notNumbers: string }).notNumbers, /whole numbers beyond 2\^53/);
});
