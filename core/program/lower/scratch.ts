/** Memory of temporaries: two that are never alive at once may lie in the same place. */
import { operandsOf } from "../operands";
import { sizeOf, type BufferId, type BufferSpec, type Operation } from "../program";

/** Gives every temporary its `offset`, in order of first writing, at the lowest place that is free for its whole life. */
export function placeTemporaries(buffers: BufferSpec[], operations: Operation[]): number {
  const lives = new Map<BufferId, { from: number; to: number; start: number; end: number }>();
  for (const [time, operation] of operations.entries()) {
    const { reads, writes } = operandsOf(operation);
    for (const id of [...reads, ...writes]) {
      if (buffers[id]!.role !== "temporary") continue;
      const life = lives.get(id);
      if (life === undefined) lives.set(id, { from: time, to: time, start: 0, end: 0 });
      else life.to = time;
    }
  }
  let scratch = 0;
  const placed: { from: number; to: number; start: number; end: number }[] = [];
  for (const [id, life] of lives) {
    const length = Math.ceil(sizeOf(buffers[id]!.shape) / 4) * 4;
    const taken = placed.filter((other) => other.to >= life.from).sort((a, b) => a.start - b.start);
    for (const other of taken) {
      if (other.start - life.start >= length) break;
      life.start = Math.max(life.start, other.end);
    }
    life.end = life.start + length;
    placed.push(life);
    buffers[id]!.offset = life.start;
    scratch = Math.max(scratch, life.end);
  }
  return scratch;
}
