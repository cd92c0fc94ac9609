/** From expressions to operations: every expression that needs memory becomes one operation that fills a buffer. */
import type { Expr } from "../expression";
import { inputName, type ProgramInput } from "../inputs";
import {
  sizeOf,
  type BufferId,
  type BufferRole,
  type BufferSpec,
  type MapInput,
  type Operation,
} from "../program";
import { mapBody } from "./body";
import { Fusion, type Epilogue } from "./fusion";
import { broadcastStrides, collapse, denseStrides } from "./strides";

/** Limits of one map (see `Operation`). */
const REGISTERS = 16;
const AXES = 4;

/** An array inside a buffer, without a copy. */
interface View {
  buffer: BufferId;
  offset: number;
  strides: number[];
}

const lengths = (e: Expr): number[] => e.shape as number[];
const size = (e: Expr): number => sizeOf(lengths(e));

export class Lowering {
  readonly buffers: BufferSpec[] = [];
  readonly operations: Operation[] = [];
  private readonly named = new Map<string, BufferId>();
  private readonly filled = new Map<Expr, BufferId>();
  private readonly fusion: Fusion;

  /** @param roots everything that will be asked of `buffer` and `output` */
  constructor(roots: Expr[]) {
    this.fusion = new Fusion(roots);
  }

  /** The buffer with the dense value of `e`; appends the operations that fill it the first time. */
  buffer(e: Expr): BufferId {
    const known = this.filled.get(e);
    if (known !== undefined) return known;
    const id = this.fill(e);
    this.filled.set(e, id);
    return id;
  }

  /** Makes the value of `e` readable from outside under `name`. */
  output(name: string, e: Expr): void {
    const value = this.buffer(e);
    const spec = this.buffers[value]!;
    if (spec.role === "temporary") {
      Object.assign(spec, { role: "output", name, shape: [...lengths(e)] });
      return;
    }
    const out = this.allocate({ role: "output", name, shape: lengths(e) });
    this.copy({ buffer: value, offset: 0, strides: denseStrides(lengths(e)) }, lengths(e), out);
  }

  /** The buffer that the outside knows as `name`. @throws Error when it was used before with another shape */
  external(
    role: BufferRole,
    name: string,
    shape: number[],
    dtype: BufferSpec["dtype"] = "float32",
    more: Pick<BufferSpec, "input"> = {},
  ): BufferId {
    const known = this.named.get(name);
    if (known === undefined) {
      const id = this.allocate({ role, name, shape, dtype, ...more });
      this.named.set(name, id);
      return id;
    }
    const spec = this.buffers[known]!;
    if (spec.shape.join() !== shape.join() || spec.dtype !== dtype || spec.role !== role)
      throw new Error(
        `"${name}" is used as ${spec.role} ${spec.dtype} [${spec.shape.join(", ")}] and as ${role} ${dtype} [${shape.join(", ")}]`,
      );
    return known;
  }

  /** The buffer of an input; a scalar unless it has a shape. */
  input(input: ProgramInput, shape: number[] = [], dtype: BufferSpec["dtype"] = "float32"): BufferId {
    return this.external("input", inputName(input), shape, dtype, { input });
  }

  private allocate(spec: Omit<BufferSpec, "id" | "dtype"> & { dtype?: BufferSpec["dtype"] }): BufferId {
    const id = this.buffers.length;
    this.buffers.push({ id, dtype: "float32", ...spec, shape: [...spec.shape] });
    return id;
  }

  private temporary(e: Expr): BufferId {
    return this.allocate({ role: "temporary", shape: lengths(e) });
  }

  private fill(e: Expr): BufferId {
    const epilogue = this.fusion.epilogue(e);
    if (epilogue !== undefined) return this.matmul(e, epilogue);
    switch (e.op) {
      case "input":
        return this.input(e.is, lengths(e), e.dtype);
      case "parameter":
        return this.external("parameter", e.name, lengths(e));
      case "knob":
        return this.input({ kind: "knob", of: e.name });
      case "constant":
        return this.allocate({ role: "constant", shape: lengths(e), value: e.value });
      case "unary":
      case "binary":
        return this.map(e);
      case "reshape":
        return this.buffer(e.x);
      case "reduce":
        return this.reduce(e);
      case "expand":
      case "transpose":
      case "slice": {
        const view = this.view(e);
        return this.copy(view, lengths(e), this.temporary(e));
      }
      case "concat":
        return this.concat(e);
      case "pad": {
        const view = this.view(e.x);
        const strides = denseStrides(lengths(e));
        return this.copy(view, lengths(e.x), this.temporary(e), e.start * strides[e.axis]!, strides, true);
      }
      case "gather":
      case "scatterAdd":
        return this.rows(e);
      case "unfold":
      case "fold": {
        const input = this.buffer(e.x);
        const out = this.temporary(e);
        const channels = lengths(e.op === "unfold" ? e.x : e)[3]!;
        const { window } = e;
        this.operations.push({ kind: e.op, input, out, rows: lengths(e)[0]!, channels, window });
        return out;
      }
      case "triangular": {
        const input = this.buffer(e.x);
        const out = this.temporary(e);
        this.operations.push({ kind: "triangular", f: e.f, input, out, size: lengths(e)[0]! });
        return out;
      }
      case "foreign":
      case "foreignGradient":
        return this.foreign(e);
      case "diagonal": {
        const step = lengths(e)[0]! + 1;
        const view = { buffer: this.buffer(e.x), offset: 0, strides: [step] };
        return this.copy(view, lengths(e), this.temporary(e));
      }
      case "identity": {
        const one = this.allocate({ role: "constant", shape: [1], value: 1 });
        const length = lengths(e)[0]!;
        const view = { buffer: one, offset: 0, strides: [0] };
        return this.copy(view, [length], this.temporary(e), 0, [length + 1], true);
      }
      default:
        throw new Error(`${e.op} cannot become an operation; bind and simplify come first`);
    }
  }

  /** Where the value of `e` can be read without filling a buffer for it. */
  private view(e: Expr): View {
    if (!this.filled.has(e)) {
      if (e.op === "expand") {
        const { buffer, offset, strides } = this.view(e.x);
        return { buffer, offset, strides: broadcastStrides(lengths(e.x), strides, lengths(e)) };
      }
      if (e.op === "transpose") {
        const { buffer, offset, strides } = this.view(e.x);
        return { buffer, offset, strides: [...strides.slice(0, -2), strides.at(-1)!, strides.at(-2)!] };
      }
      if (e.op === "slice") {
        const { buffer, offset, strides } = this.view(e.x);
        return { buffer, offset: offset + e.start * strides[e.axis]!, strides };
      }
    }
    return { buffer: this.buffer(e), offset: 0, strides: denseStrides(lengths(e)) };
  }

  private copy(
    { buffer, offset, strides }: View,
    shape: number[],
    out: BufferId,
    outOffset = 0,
    outStrides = denseStrides(shape),
    zero = false,
  ): BufferId {
    const walk = collapse(shape, [strides, outStrides]);
    this.operations.push({
      kind: "copy",
      input: buffer,
      out,
      shape: walk.shape,
      inputOffset: offset,
      inputStrides: walk.arrays[0]!,
      outOffset,
      outStrides: walk.arrays[1]!,
      zero,
    });
    return out;
  }

  private concat(e: Extract<Expr, { op: "concat" }>): BufferId {
    const views = e.parts.map((part) => this.view(part));
    const out = this.temporary(e);
    const strides = denseStrides(lengths(e));
    let start = 0;
    for (const [i, part] of e.parts.entries()) {
      this.copy(views[i]!, lengths(part), out, start * strides[e.axis]!, strides);
      start += lengths(part)[e.axis]!;
    }
    return out;
  }

  private foreign(e: Extract<Expr, { op: "foreign" | "foreignGradient" }>): BufferId {
    const run = e.op === "foreign" ? e : e.y;
    const { network, module, x } = run;
    const input = this.buffer(x);
    const parameters = run.parameters.map((parameter) => this.buffer(parameter));
    const width = lengths(x).at(-1)!;
    const common = { network, input, parameters, rows: size(x) / width, width };
    if (e.op === "foreign") {
      const out = this.temporary(e);
      const outputs = lengths(e).at(-1)!;
      this.operations.push({
        kind: "foreign",
        out,
        module: module.name,
        size: module.input,
        outputs,
        ...common,
      });
      return out;
    }
    const [of, gradient] = [this.buffer(e.y), this.buffer(e.g)];
    const out = this.temporary(e);
    const trained = e.trained.map((i) => parameters[i]!);
    this.operations.push({
      kind: "foreignGradient",
      of,
      gradient,
      out,
      trained,
      ofInput: e.ofInput,
      ...common,
    });
    return out;
  }

  private matmul(e: Expr, { product, bias, activation }: Epilogue): BufferId {
    const { transposeA, transposeB } = product;
    const a = this.buffer(product.a);
    const b = this.buffer(product.b);
    const columnsA = lengths(product.a).at(-1)!;
    const columnsB = lengths(product.b).at(-1)!;
    const rowsA = size(product.a) / columnsA;
    const rowsB = size(product.b) / columnsB;
    const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
    const [n, inner] = transposeB ? [rowsB, columnsB] : [columnsB, rowsB];
    if (inner !== k) throw new Error(`a product over ${k} and over ${inner} values`);
    const with_ = bias === undefined ? {} : { bias: this.buffer(bias) };
    const out = this.temporary(e);
    this.operations.push({
      kind: "matmul",
      a,
      b,
      out,
      m,
      n,
      k,
      transposeA,
      transposeB,
      ...with_,
      activation,
    });
    return out;
  }

  private reduce(e: Extract<Expr, { op: "reduce" }>): BufferId {
    const shape = lengths(e.x);
    const input = this.buffer(e.x);
    const out = this.temporary(e);
    this.operations.push({
      kind: "reduce",
      f: e.f,
      input,
      out,
      outer: sizeOf(shape.slice(0, e.axis)),
      length: shape[e.axis]!,
      inner: sizeOf(shape.slice(e.axis + 1)),
    });
    return out;
  }

  private rows(e: Extract<Expr, { op: "gather" | "scatterAdd" }>): BufferId {
    const source = this.buffer(e.source);
    const index = this.buffer(e.index);
    if (this.buffers[index]!.dtype !== "int32") throw new Error("rows are chosen by an int32 index only");
    const rows = lengths(e.index)[0]!;
    const out = this.temporary(e);
    const width = sizeOf(lengths(e).slice(1));
    if (e.op === "gather") this.operations.push({ kind: "gather", source, index, out, rows, width });
    else
      this.operations.push({ kind: "scatterAdd", source, index, out, rows, width, outRows: lengths(e)[0]! });
    return out;
  }

  /** One map for `e` and everything inlined in it; where registers run out, an inner expression gets its own map. */
  private map(e: Expr): BufferId {
    const { inlined, leaves } = this.cone(e);
    const inputs: MapInput[] = [];
    const registers = new Map<Expr, number>();
    for (const leaf of leaves) {
      const { buffer, strides } = this.mapView(leaf);
      const wide = broadcastStrides(lengths(leaf), strides, lengths(e));
      const same = inputs.findIndex(
        (input) => input.buffer === buffer && input.strides.join() === wide.join(),
      );
      registers.set(leaf, same >= 0 ? same : inputs.push({ buffer, strides: wide }) - 1);
    }
    const body = mapBody(e, registers, inputs.length);
    const walk = collapse(lengths(e), [denseStrides(lengths(e)), ...inputs.map((input) => input.strides)]);
    if (body.registers > REGISTERS || walk.shape.length > AXES) {
      if (inlined.length === 0) throw new Error("an elementwise operation over more than four axes");
      this.fusion.materialise(inlined[Math.floor(inlined.length / 2)]!);
      return this.map(e);
    }
    const out = this.temporary(e);
    this.operations.push({
      kind: "map",
      inputs: inputs.map(({ buffer }, i) => ({ buffer, strides: walk.arrays[i + 1]! })),
      out,
      shape: walk.shape,
      body: body.instructions,
      result: body.result,
      registers: body.registers,
    });
    return out;
  }

  /** What is computed inside the map of `root` (children first), and what that map reads. */
  private cone(root: Expr): { inlined: Expr[]; leaves: Expr[] } {
    const inlined: Expr[] = [];
    const leaves: Expr[] = [];
    const seen = new Set<Expr>();
    const visit = (e: Expr): void => {
      if (seen.has(e) || e.op === "constant") return;
      seen.add(e);
      if (e !== root && (this.filled.has(e) || !this.fusion.inlined(e))) leaves.push(e);
      else {
        for (const child of e.op === "unary" ? [e.x] : e.op === "binary" ? [e.a, e.b] : []) visit(child);
        if (e !== root) inlined.push(e);
      }
    };
    visit(root);
    return { inlined, leaves };
  }

  /** A view that a map can read: maps know strides but no offset. */
  private mapView(e: Expr): View {
    const view = e.op === "slice" ? undefined : this.view(e);
    return view?.offset === 0
      ? view
      : { buffer: this.buffer(e), offset: 0, strides: denseStrides(lengths(e)) };
  }
}
