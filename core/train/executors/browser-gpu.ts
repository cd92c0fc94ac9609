/** What a browser has to carry out programs on its GPU: WebGPU, or a context of WebGL, and why not. Loads no executor. */

/** @param gpu `navigator.gpu`; absent in browsers without WebGPU, and on pages that are not secure */
export async function webGpuLack(gpu: GPU | undefined): Promise<string | undefined> {
  if (gpu === undefined) return "this browser has no WebGPU";
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter === null ? "WebGPU finds no adapter: this machine has no GPU that it can use" : undefined;
}

/** WebGL 2 on a GPU that computes in float32. */
export interface WebGl {
  gl: WebGL2RenderingContext;
  /** The card, in the browser's words. */
  card: string;
}

/** Renderers that are programs of the processor, on which own kernels are faster. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Bits of a float32's fraction. */
const FRACTION = 23;

/** @param canvas of its own; absent in browsers without canvases for workers */
export function openWebGl(canvas: OffscreenCanvas | undefined): WebGl | { lack: string } {
  if (canvas === undefined) return { lack: "this browser has no WebGL for workers" };
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    failIfMajorPerformanceCaveat: true,
    powerPreference: "high-performance",
  });
  if (gl === null) return { lack: "this browser has no WebGL 2" };
  const named = gl.getExtension("WEBGL_debug_renderer_info");
  const card = String(gl.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  if (SOFTWARE.test(card)) return { lack: `WebGL has no GPU here: ${card}` };
  const fraction = gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT)?.precision ?? 0;
  if (gl.getExtension("EXT_color_buffer_float") === null || fraction < FRACTION)
    return { lack: `${card} has no float32 numbers in WebGL, and fewer digits are not enough to train` };
  return { gl, card };
}

/** Why WebGL cannot carry out programs; undefined where it can. Browsers allow few contexts, so this one ends here. */
export function webGlLack(canvas: OffscreenCanvas | undefined): string | undefined {
  const opened = openWebGl(canvas);
  if ("lack" in opened) return opened.lack;
  opened.gl.getExtension("WEBGL_lose_context")?.loseContext();
  return undefined;
}
