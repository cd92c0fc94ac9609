/** The data of the last text: another text that asks for the same does not read them again. */
import type { Dataset, ReadFile } from "../data/dataset";
import { generatorOf } from "../data/generators/index";
import { fieldStreams, loadFor, type Choice } from "./prepare";

/** A file or a folder that a document names, by its path as written there. */
export type ReadFor = (documentUri: string, path: string) => ReturnType<ReadFile>;

export class LoadedData {
  private data: { key: string; dataset: Promise<Dataset> } | undefined;

  constructor(private readonly readFile: ReadFor) {}

  /** @throws Rejection at the words of the spec that asked for what is not there */
  load(choice: Choice, uri: string): Promise<Dataset> {
    const { source, options, location = uri } = choice.data;
    // Of a file only the fields are there that streams read.
    const fields =
      generatorOf(source) === undefined
        ? fieldStreams(choice.spec).map(({ name, field, fieldTo }) => [name, field, fieldTo])
        : [];
    const key = JSON.stringify([location, source, options, fields]);
    if (this.data?.key !== key) {
      const dataset = loadFor(choice, (path) => this.readFile(location, path));
      this.data = { key, dataset };
      // A file that could not be read may be there at the next try.
      dataset.catch(() => {
        if (this.data?.dataset === dataset) this.data = undefined;
      });
    }
    return this.data.dataset;
  }
}
