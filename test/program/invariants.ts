/** What every program promises to its executors. */
import assert from "node:assert/strict";
import { operandsOf } from "../../core/program/operands";
import { sizeOf, type Program } from "../../core/program/program";

/** @throws AssertionError when a program breaks a promise of `Operation` or `BufferSpec` */
export function assertSound({ buffers, operations, scratch }: Program): void {
  for (const [i, buffer] of buffers.entries()) {
    assert.equal(buffer.id, i, "buffers are numbered in order");
    assert.ok(
      buffer.role === "temporary" || buffer.role === "constant" || buffer.name !== undefined,
      "named",
    );
    assert.ok(
      buffer.shape.every((length) => Number.isInteger(length) && length > 0),
      `shape of buffer ${i}`,
    );
  }
  const names = buffers.filter((b) => b.name !== undefined).map((b) => `${b.role} ${b.name!}`);
  assert.equal(new Set(names).size, names.length, "names are unique within a role");

  const written = new Set<number>();
  const lives = new Map<number, [number, number]>();
  for (const [time, operation] of operations.entries()) {
    const { reads, writes } = operandsOf(operation);
    const what = `operation ${time} (${operation.kind})`;
    for (const id of reads) {
      const { role } = buffers[id]!;
      if (role === "temporary" || role === "output")
        assert.ok(written.has(id), `${what} reads ${id} before it is filled`);
    }
    for (const id of writes) {
      const { role } = buffers[id]!;
      assert.ok(role !== "input" && role !== "constant", `${what} writes an ${role}`);
      assert.ok(operation.kind === "adam" || !reads.includes(id), `${what} reads what it writes`);
      written.add(id);
    }
    for (const id of [...reads, ...writes]) lives.set(id, [lives.get(id)?.[0] ?? time, time]);
    if (operation.kind === "map") {
      assert.ok(operation.registers <= 16 && operation.shape.length <= 4, `${what} is too large`);
      for (const step of operation.body) {
        assert.ok(
          step.out >= operation.inputs.length && step.out < operation.registers,
          `${what} writes an input`,
        );
      }
      assert.equal(
        sizeOf(operation.shape),
        sizeOf(buffers[operation.out]!.shape),
        `${what} fills its output`,
      );
      for (const input of operation.inputs) {
        assert.equal(input.strides.length, operation.shape.length, `${what}: one stride an axis`);
        const last = operation.shape.reduce(
          (at, length, axis) => at + (length - 1) * input.strides[axis]!,
          0,
        );
        assert.ok(last < sizeOf(buffers[input.buffer]!.shape), `${what} reads past buffer ${input.buffer}`);
      }
    }
  }
  for (const [parameter, time] of operations.flatMap((o, i) =>
    o.kind === "adam" ? [[o.parameter, i] as const] : [],
  ))
    assert.equal(
      lives.get(parameter)![1],
      time,
      `parameter ${buffers[parameter]!.name!} is read after its update`,
    );

  const placed = buffers.filter((b) => b.role === "temporary" && lives.has(b.id));
  for (const a of placed) {
    assert.ok(a.offset! % 4 === 0 && a.offset! + sizeOf(a.shape) <= scratch, `place of buffer ${a.id}`);
    for (const b of placed) {
      if (a.id >= b.id) continue;
      const [la, lb] = [lives.get(a.id)!, lives.get(b.id)!];
      const together = la[0] <= lb[1] && lb[0] <= la[1];
      const overlap = a.offset! < b.offset! + sizeOf(b.shape) && b.offset! < a.offset! + sizeOf(a.shape);
      assert.ok(!(together && overlap), `buffers ${a.id} and ${b.id} share memory while both live`);
    }
  }
}
