/**
 * Entry of a script of its own: TensorFlow.js with its WebGL backend, two thirds of a megabyte that only a trainer without
 * WebGPU loads. It leaves one function in the worker's scope.
 */
import { setWebGLContext } from "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import type { TfjsOnWebGl } from "./executors/browser";

const start: TfjsOnWebGl = async (gl) => {
  setWebGLContext(2, gl);
  if (!(await tf.setBackend("webgl"))) throw new Error("TensorFlow.js did not start its WebGL backend");
  await tf.ready();
  if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED"))
    throw new Error(
      "TensorFlow.js finds no float32 numbers in WebGL, and fewer digits are not enough to train",
    );
  return tf;
};

(globalThis as { tfjsOnWebGl?: TfjsOnWebGl }).tfjsOnWebGl = start;
