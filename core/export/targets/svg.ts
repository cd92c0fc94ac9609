import { graphSvg } from "../../views/svg";
import { exportMark, type ExportTarget } from "../target";

export const svg = {
  id: "svg",
  title: "Graphs as SVG",
  doc: "The encoder graph and the decoder graph as two pictures, for a paper or slides.",
  format: "SVG",
  extension: "svg",
  write({ spec, encoderGraph, decoderGraph }, base) {
    const file = (graph: typeof encoderGraph, kind: string): { name: string; text: string } => ({
      name: `${base}_${kind}.svg`,
      text: `<!-- ${exportMark} -->\n${graphSvg(graph, `${spec.name}, ${kind} graph`)}\n`,
    });
    return [file(encoderGraph, "encoder"), file(decoderGraph, "decoder")];
  },
} as const satisfies ExportTarget;
