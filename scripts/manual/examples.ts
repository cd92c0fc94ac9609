/** The table of examples, made from the files of `examples/`. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../core/theory/analyse";
import { code, link, table } from "./markdown";

/** @param toExamples path from the page to the folder */
export function exampleTable(toExamples: string): string {
  const folder = join(import.meta.dirname, "..", "..", "examples");
  const files = readdirSync(folder).filter((name) => name.endsWith(".bottleneck"));
  return table(
    ["Example", "Asks", "Reads", "Is"],
    files.sort().map((file) => {
      const { tree, spec, recognised } = analyse(readFileSync(join(folder, file), "utf8")).specs[0]!;
      const read = spec!.streams.filter(({ role }) => role !== "observe");
      return [
        link(code(file), `${toExamples}/${file}`),
        tree.title?.value ?? "",
        read
          .map(({ name, kind, role }) => `${name}, ${role === "target" ? "a target: " : ""}${kind.name}`)
          .join("; "),
        recognised?.text ?? "",
      ];
    }),
  );
}
