/** The page of data: built-in generators, and files. */
import { FILE_OPTIONS } from "../../core/data/load";
import { COMMON_OPTIONS, type MadeField } from "../../core/data/generator";
import { generators } from "../../core/data/generators/index";
import { blocks, code, link, page, table } from "./markdown";

const docOf = ({ doc, needs }: MadeField): string =>
  `${doc}.${needs === undefined ? "" : ` Only with the setting ${code(needs)}.`}`;

export const dataPage = (): string =>
  page(
    "# Data",
    `Generators draw samples from known factors, so that probes can measure which of them each code keeps. ${code('data "NAME" { SETTINGS }')} names one; a stream binds the field of its name, or ${code("= field")}. The same seed gives the same samples.`,
    table(
      ["Setting", "Meaning"],
      Object.entries(COMMON_OPTIONS).map(([name, doc]) => [code(name), doc]),
    ),
    ...generators.map(({ name, doc, fields, options }) =>
      blocks(
        `## ${code(name)}`,
        doc,
        table(
          ["Field", "Fits", "Is", "What it is"],
          fields.map((field) => [code(field.name), code(field.kind), `a ${field.role}`, docOf(field)]),
        ),
        options.length > 0
          ? table(
              ["Setting", "Meaning", "Range", "Default"],
              options.map((option) => [
                code(option.name),
                option.doc,
                `${option.least} to ${option.most}${option.whole ? ", whole" : ""}`,
                `${option.fallback}`,
              ]),
            )
          : undefined,
      ),
    ),
    blocks(
      "## Data files",
      `${code('data "path/to/file.npz"')} reads a file; a relative path starts in the folder of the spec. The format is recognised by the first bytes, plain or compressed with gzip. Each array with one row for each sample is a field. ${link("Your own data", "own-data.md")} goes from a file to a trained preview, and has an example of every format.`,
      table(
        ["Setting", "Meaning"],
        Object.entries(FILE_OPTIONS).map(([name, doc]) => [code(name), doc]),
      ),
    ),
    link("The manual", "README.md"),
  );
