/** Programs carried out by a GPU through WebGPU: everything stays on the device, and a run is one submission. */
import { sizeOf, type Program } from "../../program/program";
import { ExecutorLost, type Executor, type Session, type Values } from "../executor";
import { isSmall, Names } from "./names";
import { layOut, type Arena } from "./webgpu/arena";
import { groupsOf, MOST_NUMBERS, type Dispatch } from "./webgpu/kernel";
import { fill } from "./webgpu/move";
import { dispatchesOf } from "./webgpu/operations";

/** Flags of the interface, by their values: a Node without WebGPU has no names for them. */
const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 };
const READ = 0x1;
const COMPUTE = 0x4;

/** Bytes of the numbers of one call. */
const BLOCK = 4 * MOST_NUMBERS;

/**
 * @param gpu `navigator.gpu`, or what a library has in its place
 * @returns an executor on the fastest adapter
 * @throws Error that says why there is none
 */
export async function createWebGpuExecutor(gpu: GPU): Promise<Executor> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new Error("WebGPU finds no adapter: this machine has no GPU that it can use");
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  const { vendor, architecture, description } = adapter.info;
  const sessions = new Set<WebGpuSession>();
  const compiled = shadersOf(device);
  return {
    name: "webgpu",
    description: `webgpu, ${description || [vendor, architecture].filter((part) => part !== "").join(" ") || "a GPU"}`,
    async open(programs) {
      const session = await WebGpuSession.open(device, compiled, programs, () => sessions.delete(session));
      sessions.add(session);
      return session;
    },
    close() {
      for (const session of [...sessions]) session.dispose();
      device.destroy();
    },
  };
}

/** A call with its pipeline, and where its numbers lie. */
interface Call {
  pipeline: GPUComputePipeline;
  offset: number;
  groups: readonly [number, number];
}

class WebGpuSession implements Session {
  private readonly names: Names;
  /** Small outputs of a program's last run, once they have been read. */
  private readonly fresh = new Map<string, Promise<Float32Array>>();
  private lost: ExecutorLost | undefined;

  private constructor(
    private readonly device: GPUDevice,
    programs: Record<string, Program>,
    private readonly arena: Arena,
    private readonly memory: GPUBuffer,
    private readonly calls: Record<string, Call[]>,
    private readonly bound: GPUBindGroup,
    private readonly freed: () => void,
  ) {
    this.names = new Names(programs);
    void device.lost.then(({ message }) => {
      this.lost = new ExecutorLost(`the GPU was lost${message === "" ? "" : `: ${message}`}`);
    });
  }

  static async open(
    device: GPUDevice,
    { layout, pipelines }: Shaders,
    programs: Record<string, Program>,
    freed: () => void,
  ): Promise<WebGpuSession> {
    const arena = layOut(programs);
    const most = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    if (4 * arena.length > most)
      throw new Error(
        `the programs need ${megabytes(4 * arena.length)} in one buffer, and this GPU allows ${megabytes(most)}: use a smaller batch or model`,
      );
    const lists: Record<string, Dispatch[]> = {
      "": arena.filled.map(({ at, length, value }) => fill(at, length, value)),
    };
    for (const [name, program] of Object.entries(programs))
      lists[`program ${name}`] = dispatchesOf(program, arena.programs[name]!.at);
    const numbers = new Uint32Array((BLOCK / 4) * Math.max(1, Object.values(lists).flat().length));
    let offset = 0;
    const calls: Record<string, Call[]> = {};
    for (const [name, list] of Object.entries(lists))
      calls[name] = await Promise.all(
        list.map(async (dispatch) => {
          numbers.set(dispatch.numbers, offset / 4);
          const call = { offset, groups: groupsOf(dispatch) };
          offset += BLOCK;
          return { ...call, pipeline: await pipelines(dispatch.shader) };
        }),
      );
    const memory = device.createBuffer({
      size: 4 * arena.length,
      usage: USAGE.storage | USAGE.copySource | USAGE.copyTarget,
    });
    const given = device.createBuffer({ size: numbers.byteLength, usage: USAGE.uniform | USAGE.copyTarget });
    device.queue.writeBuffer(given, 0, numbers);
    const bound = device.createBindGroup({
      layout,
      entries: [
        { binding: 0, resource: { buffer: memory } },
        { binding: 1, resource: { buffer: given, size: BLOCK } },
      ],
    });
    const end = (): void => {
      memory.destroy();
      given.destroy();
      freed();
    };
    const session = new WebGpuSession(device, programs, arena, memory, calls, bound, end);
    session.submit("");
    return session;
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const spec = this.names.toWrite(program, name, values.length);
    const { at } = this.arena.programs[program]!;
    this.device.queue.writeBuffer(this.memory, 4 * at[spec.id]!, Float32Array.from(values));
  }

  run(program: string): Promise<void> {
    this.names.program(program);
    if (this.lost !== undefined) return Promise.reject(this.lost);
    this.fresh.delete(program);
    this.submit(`program ${program}`);
    return Promise.resolve();
  }

  async read(program: string, name: string): Promise<Values> {
    const spec = this.names.toRead(program, name);
    const { at, small } = this.arena.programs[program]!;
    const [start, length] = [at[spec.id]!, sizeOf(spec.shape)];
    let values: Float32Array;
    if (isSmall(spec)) {
      const known = this.fresh.get(program) ?? this.copyOut(small.start, small.length);
      this.fresh.set(program, known);
      values = (await known).slice(start - small.start, start - small.start + length);
    } else values = await this.copyOut(start, length);
    return spec.dtype === "int32" ? Int32Array.from(values) : values;
  }

  dispose(): void {
    this.freed();
  }

  private submit(name: string): void {
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let last: GPUComputePipeline | undefined;
    for (const { pipeline, offset, groups } of this.calls[name]!) {
      if (pipeline !== last) pass.setPipeline(pipeline);
      last = pipeline;
      pass.setBindGroup(0, this.bound, [offset]);
      pass.dispatchWorkgroups(...groups);
    }
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  /** A copy of numbers of the arena. */
  private async copyOut(start: number, length: number): Promise<Float32Array> {
    const { device } = this;
    if (this.lost !== undefined) throw this.lost;
    const size = 4 * length;
    const staging = device.createBuffer({ size, usage: USAGE.mapRead | USAGE.copyTarget });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.memory, 4 * start, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(READ);
      return new Float32Array(staging.getMappedRange().slice(0));
    } catch (error) {
      // Reading fails where the device is gone, which may be reported only after this.
      throw this.lost ?? new ExecutorLost(`the GPU was lost: ${String(error)}`);
    } finally {
      staging.destroy();
    }
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** What the shaders of a device have in common, and each of them, compiled. */
interface Shaders {
  layout: GPUBindGroupLayout;
  pipelines(shader: string): Promise<GPUComputePipeline>;
}

/** Compiles each shader once for all sessions of a device, without keeping anyone waiting. */
function shadersOf(device: GPUDevice): Shaders {
  const layout = device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility: COMPUTE, buffer: { type: "storage" } },
      {
        binding: 1,
        visibility: COMPUTE,
        buffer: { type: "uniform", hasDynamicOffset: true, minBindingSize: BLOCK },
      },
    ],
  });
  const known = new Map<string, Promise<GPUComputePipeline>>();
  const whole = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  return {
    layout,
    pipelines(code) {
      const pipeline =
        known.get(code) ??
        device.createComputePipelineAsync({
          layout: whole,
          compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
        });
      known.set(code, pipeline);
      return pipeline;
    },
  };
}
