/** Each operation of a program as calls to TensorFlow.js. Tensors are never written in place: a kernel gives a new one. */
import type {
  Activation,
  BinaryFunction,
  Instruction,
  Operation,
  UnaryFunction,
} from "../../program/program";
import { sizeOf } from "../../program/program";
import { triangularNumbers } from "../../program/triangular";
import { placesUnder } from "../../program/window";
import type * as tfjs from "@tensorflow/tfjs-core";

export type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;
type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Values of buffers; each is the new value of the operation's `out`. */
type Lookup = (buffer: number) => Tensor;

/** Positions, precomputed once per operation where a walk is not a plain reshape. */
export class Kernels {
  private readonly indices = new Map<object, Tensor>();
  private readonly unaries: Record<UnaryFunction, (x: Tensor) => Tensor>;
  private readonly binaries: Record<BinaryFunction, (a: Tensor, b: Tensor) => Tensor>;
  /** On the wasm backend only products without flags are fast. */
  private readonly plainProducts: boolean;

  constructor(private readonly tf: Tf) {
    this.plainProducts = tf.getBackend() === "wasm";
    this.unaries = {
      neg: tf.neg,
      exp: tf.exp,
      log: tf.log,
      sqrt: tf.sqrt,
      square: tf.square,
      abs: tf.abs,
      reciprocal: tf.reciprocal,
      sigmoid: tf.sigmoid,
      tanh: tf.tanh,
      relu: tf.relu,
      softplus: tf.softplus,
      step: (x) => tf.step(x),
      sign: tf.sign,
      logGamma: (x) => this.logGamma(x),
    };
    this.binaries = { add: tf.add, sub: tf.sub, mul: tf.mul, div: tf.div, max: tf.maximum, min: tf.minimum };
  }

  /** Frees the precomputed positions. */
  dispose(): void {
    for (const index of this.indices.values()) index.dispose();
    this.indices.clear();
  }

  matmul({ a, b, bias, m, n, k, transposeA, transposeB, activation }: Of<"matmul">, at: Lookup): Tensor {
    const { tf } = this;
    const left = tf.reshape(at(a), transposeA ? [k, m] : [m, k]) as tfjs.Tensor2D;
    const right = tf.reshape(at(b), transposeB ? [n, k] : [k, n]) as tfjs.Tensor2D;
    const product = this.plainProducts
      ? tf.matMul(transposeA ? tf.transpose(left) : left, transposeB ? tf.transpose(right) : right)
      : tf.matMul(left, right, transposeA, transposeB);
    const sum = bias === undefined ? product : tf.add(product, tf.reshape(at(bias), [1, n]));
    return this.activate(activation, sum);
  }

  private activate(activation: Activation, x: Tensor): Tensor {
    return activation === "none" ? x : this.unaries[activation](x);
  }

  map(operation: Of<"map">, at: Lookup): Tensor {
    const { inputs, shape, body, result } = operation;
    const registers: Tensor[] = inputs.map((input) => this.view(input, at(input.buffer), shape));
    for (const step of body) registers[step.out] = this.step(step, registers);
    const out = registers[result]!;
    return out.size === sizeOf(shape) ? out : this.tf.broadcastTo(out, shape);
  }

  private step(step: Instruction, registers: Tensor[]): Tensor {
    if (step.f === "constant") return this.tf.scalar(step.value);
    if ("b" in step) return this.binaries[step.f](registers[step.a]!, registers[step.b]!);
    return this.unaries[step.f](registers[step.a]!);
  }

  /** A map's operand with axes of the map's lengths, or of length 1 where it repeats. */
  private view(input: Of<"map">["inputs"][number], x: Tensor, shape: number[]): Tensor {
    const { tf } = this;
    const lengths = shape.map((length, axis) => (input.strides[axis] === 0 ? 1 : length));
    let dense = 1;
    const plain = [...lengths.keys()].reverse().every((axis) => {
      const fits = lengths[axis] === 1 || input.strides[axis] === dense;
      dense *= lengths[axis]!;
      return fits;
    });
    if (plain && dense === x.size) return tf.reshape(x, lengths);
    const index = this.index(input, () => positions(lengths, input.strides, 0));
    return tf.reshape(tf.gather(tf.reshape(x, [x.size]), index as tfjs.Tensor1D), lengths);
  }

  reduce({ f, input, outer, length, inner }: Of<"reduce">, at: Lookup): Tensor {
    const { tf } = this;
    const x = tf.reshape(at(input), [outer, length, inner]);
    return f === "sum" ? tf.sum(x, 1) : f === "max" ? tf.max(x, 1) : tf.logSumExp(x, 1);
  }

  gather({ source, index, width }: Of<"gather">, at: Lookup): Tensor {
    const { tf } = this;
    const x = at(source);
    return tf.gather(tf.reshape(x, [x.size / width, width]), at(index) as tfjs.Tensor1D);
  }

  scatterAdd({ source, index, rows, width, outRows }: Of<"scatterAdd">, at: Lookup): Tensor {
    const { tf } = this;
    const to = tf.reshape(at(index), [rows, 1]);
    return tf.scatterND(to, tf.reshape(at(source), [rows, width]), [outRows, width]);
  }

  /** Every element of `out` is chosen from the input, the earlier `out` and 0. */
  copy(operation: Of<"copy">, at: Lookup, size: number, before: Tensor | undefined): Tensor {
    const { tf } = this;
    const { input, shape, inputOffset, inputStrides, outOffset, outStrides, zero } = operation;
    const x = at(input);
    const index = this.index(operation, () => {
      const chosen = Int32Array.from({ length: size }, (_, i) => (zero ? x.size : x.size + i));
      const from = positions(shape, inputStrides, inputOffset);
      const to = positions(shape, outStrides, outOffset);
      for (const [i, position] of to.entries()) chosen[position] = from[i]!;
      return chosen;
    });
    const rest = zero || before === undefined ? tf.zeros([zero ? 1 : size]) : tf.reshape(before, [size]);
    return tf.gather(tf.concat([tf.reshape(x, [x.size]), rest]), index as tfjs.Tensor1D);
  }

  unfold(operation: Of<"unfold">, at: Lookup): Tensor {
    const { rows, channels, window, input } = operation;
    const size = window.picture[0] * window.picture[1];
    const index = this.index(operation, () => placesUnder(window).map((place) => (place < 0 ? size : place)));
    return this.chosen(at(input), [rows, size, channels], index);
  }

  /** Each place is the sum of the taps that it lies under, which are chosen as often as the most of them. */
  fold(operation: Of<"fold">, at: Lookup): Tensor {
    const { rows, channels, window, input } = operation;
    const size = window.picture[0] * window.picture[1];
    const places = placesUnder(window);
    const index = this.index(operation, () => {
      const taps = Array.from({ length: size }, (): number[] => []);
      places.forEach((place, tap) => place >= 0 && taps[place]!.push(tap));
      const most = Math.max(...taps.map(({ length }) => length));
      const filled = taps.map((own) => [...own, ...Array<number>(most - own.length).fill(places.length)]);
      return Int32Array.from(filled.flat());
    });
    const found = this.chosen(at(input), [rows, places.length, channels], index);
    return this.tf.sum(this.tf.reshape(found, [rows, size, index.size / size, channels]), 2);
  }

  /** Entries of the middle axis by their numbers; one past the last is 0. */
  private chosen(x: Tensor, shape: [number, number, number], index: Tensor): Tensor {
    const { tf } = this;
    const padded = tf.concat([tf.reshape(x, shape), tf.zeros([shape[0], 1, shape[2]])], 1);
    return tf.gather(padded, index as tfjs.Tensor1D, 1);
  }

  /** On the main thread, in float64: these matrices are as small as codes are wide. */
  triangular({ f, input, size }: Of<"triangular">, at: Lookup): Tensor {
    return this.tf.tensor1d(Float32Array.from(triangularNumbers[f](at(input).dataSync(), size)));
  }

  /** @returns the new parameter and moments */
  adam(operation: Of<"adam">, at: Lookup): { parameter: Tensor; m: Tensor; v: Tensor } {
    const { tf } = this;
    const { beta1, beta2, epsilon } = operation;
    const old = at(operation.parameter);
    const g = tf.reshape(at(operation.gradient), old.shape);
    // Handed in at each step, so no device is waited for. Powers near 1 are taken from 1 in float64, as digits are lost there.
    const step = at(operation.step).dataSync()[0]!;
    const m = tf.add(tf.mul(at(operation.m), beta1), tf.mul(g, 1 - beta1));
    const v = tf.add(tf.mul(at(operation.v), beta2), tf.mul(tf.square(g), 1 - beta2));
    const unbiased = (moment: Tensor, beta: number): Tensor => tf.div(moment, 1 - beta ** step);
    const scale = tf.add(tf.sqrt(unbiased(v, beta2)), epsilon);
    const change = tf.mul(at(operation.rate), tf.div(unbiased(m, beta1), scale));
    return { parameter: tf.sub(old, change), m, v };
  }

  private index(key: object, make: () => Int32Array): Tensor {
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const index = this.tf.keep(this.tf.tensor1d(make(), "int32"));
    this.indices.set(key, index);
    return index;
  }

  /** log Gamma(x), x > 0: eight steps of the recurrence, then Stirling's series (Abramowitz and Stegun 1964, 6.1.41). */
  private logGamma(x: Tensor): Tensor {
    const { tf } = this;
    const steps = Array.from({ length: 8 }, (_, k) => tf.log(tf.add(x, k)));
    const below = steps.reduce((sum, term) => tf.add(sum, term));
    const y = tf.add(x, 8);
    const inverse = tf.reciprocal(tf.square(y));
    const series = tf.div(tf.add(1 / 12, tf.mul(inverse, tf.add(-1 / 360, tf.mul(inverse, 1 / 1260)))), y);
    const stirling = tf.sub(tf.mul(tf.sub(y, 0.5), tf.log(y)), y);
    return tf.sub(tf.add(tf.add(stirling, 0.5 * Math.log(2 * Math.PI)), series), below);
  }
}

/** Where the walk over `shape` leads, in row-major order. */
function positions(shape: number[], strides: number[], offset: number): Int32Array {
  let reached = [offset];
  for (const [axis, length] of shape.entries()) {
    const steps = Array.from({ length }, (_, i) => i * strides[axis]!);
    reached = reached.flatMap((start) => steps.map((step) => start + step));
  }
  return Int32Array.from(reached);
}
