/** The page of studies, made from their list. */
import { alterations } from "../../core/data/alterations/index";
import { studies } from "../../core/studies/index";
import { blocks, code, fenced, link, page, table } from "./markdown";

export const studiesPage = (): string =>
  page(
    "# Studies",
    `A study answers one question by many trainings of a spec. Each has a command, ${code("bottleneck NAME FILE")}, and a place on the page Studies of the panel, with its answer in words, pictures and a table that can be saved as SVG and CSV.`,
    blocks(
      "## How they run",
      [
        "- In trainers of their own at low priority, one on each core. In an untrusted workspace nothing runs.",
        `- Every finished training is kept by its content: program, numbers, data, seed. Nothing is trained twice, studies share trainings, and one that was stopped or killed continues with the same numbers. The command keeps them in the person's cache, or in the folder of ${code("--store")}.`,
        `- On a cluster: ${code("--store FOLDER --plan slurm")} prints an array script with the trainings that come next; its tasks fill the store. A study whose later trainings depend on the first ones is planned in rounds: repeat the command until it says that nothing is left, and then leave ${code("--plan")} out. A training that cannot be done is noted in the store with its reason and not planned again; the command without ${code("--plan")} tries it once more and goes on without it.`,
        "- A training that cannot be done is reported with its reason; the others go on.",
      ].join("\n"),
    ),
    ...studies.map(({ id, question, doc, example, options }) =>
      blocks(
        `## ${question} (${code(id)})`,
        doc,
        fenced(example, "sh"),
        table(
          ["Option", "Meaning"],
          options.map(({ name, value, doc: meaning }) => [
            code(`--${name}${value === undefined ? "" : ` ${value}`}`),
            meaning,
          ]),
        ),
        `The fields of ${code("--json")} are listed with the ${link("commands", "commands.md")}.`,
      ),
    ),
    blocks(
      "## Changes of data",
      "Some trainings see changed data. Each change depends on its settings and a seed alone.",
      table(
        ["Id", "What it does"],
        alterations.map(({ id, doc }) => [code(id), doc]),
      ),
    ),
  );
