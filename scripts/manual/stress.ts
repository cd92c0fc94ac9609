/** The page of stress tests. */
import { stress } from "../../core/studies/stress/index";
import { stressTests } from "../../core/studies/stress/tests/index";
import { stressTable } from "../../core/studies/stress/words";
import { blocks, code, fenced, page, table } from "./markdown";

export const stressPage = (): string =>
  page(
    "# What would break a design",
    stress.doc,
    fenced(stress.example, "sh"),
    "First the design is trained as it is, at several seeds. The factors that its codes keep are then watched: targets and observed streams that a linear probe reads from draws of a code, at least a fifth of the way from chance to 1; and those that a `want forget(...)` names, which may not come back. Every change is trained at two seeds, and one that loses a fifth or more at one seed less than the design has. Trainings are kept, so that a study that was stopped goes on, and others share them.",
    table(
      ["Test", "What is changed"],
      stressTests.map(({ ids, doc }) => [ids.map(code).join(", "), doc]),
    ),
    "With each test comes the change and the factor that lose most; `moves` of `--json` has every watched factor. `seed` compares the worst seed of the design with the others.",
    blocks(
      "## When a test breaks a design",
      "Where, certainly, more than a third of what was kept above chance is lost. The interval of the change in a mean score is that of Student's t with one variance for the trainings before and after, which is the spread between seeds; no spread is taken to be below 0.01. It is widened by Bonferroni's correction for every change and factor of the study, so that all intervals together hold with 95 %. What breaks comes first; of losses within a tenth of each other, that by a moderate change comes before that by beta off by 10.",
      "An ablation removes information or a term that asks for it, so it is judged by what could be kept at all (data processing): a link asks only for what the streams of both its sides carry, a reconstruction for what its stream carries, and a prediction for its target. How much that is, a network without a bottleneck shows, trained on those streams alone (`possible` in `--json`). A shift is judged by what the design kept before; labels of test samples are never changed, but for the rare group, whose own label is the one to predict.",
    ),
    blocks(
      "## The table",
      table(
        ["Column", "Meaning"],
        stressTable({ name: "", trainings: 0, nuisance: undefined, tests: [], refused: [] }).columns.map(
          ({ title, doc }) => [title, doc],
        ),
      ),
    ),
    blocks(
      "## What it cannot say",
      "A probe is linear, so what a code keeps in another form counts as lost. A nuisance is known only where it is observed, and only its average, linear effect is made stronger or shifted. A change that is not in the list may still break a design.",
    ),
  );
