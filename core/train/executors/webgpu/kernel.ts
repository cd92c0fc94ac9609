/** What every kernel is made of: a shader, the numbers that it reads of its operation, and how many threads it wants. */

/** One call of a shader. */
export interface Dispatch {
  /** WGSL; one pipeline serves all operations with the same text. */
  shader: string;
  /** Read in the shader as `number(3u)` and so on, unsigned. */
  numbers: number[];
  /** Threads along x, or work groups by both axes. */
  threads?: number;
  groups?: readonly [number, number];
}

/** Numbers that an operation may hand to its shader. */
export const MOST_NUMBERS = 128;
/** Threads of a group where an element is a thread. */
export const GROUP = 64;
const MOST_GROUPS = 65_535;

/** Work groups by both axes for this many threads. */
export function groupsOf({ threads, groups }: Dispatch): readonly [number, number] {
  if (groups !== undefined) return groups;
  const wanted = Math.ceil((threads ?? 1) / GROUP);
  const across = Math.min(wanted, MOST_GROUPS);
  return [across, Math.ceil(wanted / across)];
}

/** The beginning of every shader. */
const HEAD = `
@group(0) @binding(0) var<storage, read_write> arena: array<f32>;
@group(0) @binding(1) var<uniform> given: array<vec4<u32>, ${MOST_NUMBERS / 4}>;
`;

/** Every `number(3u)` as its place in the uniform: a function that finds it takes compilers a third longer. */
const inPlace = (text: string): string =>
  text.replace(
    /number\((\d+)u\)/g,
    (_, i: string) => `given[${Math.floor(Number(i) / 4)}u].${"xyzw"[Number(i) % 4]}`,
  );

/** A shader whose body runs once for each of `number(0)` elements, numbered \`i\`. */
export const forEach = (body: string, functions = ""): string =>
  inPlace(`${HEAD}${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.y * groups.x * ${GROUP}u + id.x;
  if (i >= number(0u)) { return; }
${body}
}`);

/** A shader of work groups that share memory. */
export const byGroup = (size: string, body: string, declared = ""): string =>
  inPlace(`${HEAD}${declared}
@compute @workgroup_size(${size})
fn main(@builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) me: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
${body}
}`);
