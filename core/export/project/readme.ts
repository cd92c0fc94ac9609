/** How a project is used, in a page. */
import { generatorOf } from "../../data/generators/index";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { lossText } from "../../views/unicode";
import { exportMark } from "../target";
import { ROWS_FILE } from "./data-config";

export function readmeText(derived: DerivedLoss): string {
  const { spec } = derived;
  return `# ${spec.name}

${spec.title === undefined ? "" : `${spec.title}\n\n`}    ${lossText(derived)}

\`\`\`
pip install torch numpy
python train.py                         # writes run/
python train.py --resume                # goes on with a run that was killed, with the same numbers
python train.py --seed 2 --out run-2 --set ${spec.knobs[0] ? `${spec.knobs[0].name}=${spec.knobs[0].value}` : "KNOB=NUMBER"}
python train.py --help
torchrun --nproc_per_node 4 train.py    # several GPUs: one loss of the whole batch
python sweep.py --seeds 1 2 3           # one training each, and one table; --slurm writes an array script
\`\`\`

${dataText(derived)}

\`run/\` has the log of every term (\`terms.csv\`, \`terms.jsonl\`), the checkpoint (\`model.safetensors\`), its values on test
rows with linear probes, findings and groups of rows that the codes leave behind (\`report.json\`), and \`state.pt\`, from which
a run goes on. The first losses are those of the preview: weights, batches and noise are functions of the seed.
\`bottleneck preview SPEC --weights run/model.safetensors\` measures more of what these codes keep.

The networks and the loss are in \`project/model.py\`, the data in \`project/data.py\`, the steps in \`project/loop.py\`. All are
yours to change; an export into this folder replaces only what is made from the spec.

Previews rank what codes keep much as wider networks do. Where a code has collapsed in the preview, a wider one may still use
it; and wide networks can collapse where the preview's did not, which the findings at the end of a run say.

${exportMark}
`;
}

function dataText({ spec: { data } }: DerivedLoss): string {
  if (data === undefined)
    return "The spec has no data: name a file with `--data`, with a field for each stream.";
  return generatorOf(data.source)
    ? `\`${ROWS_FILE}\` has the rows of the built-in data \`${data.source}\`, drawn when this project was exported. \`--data FILE\` reads
others with the same fields.`
    : `The data are \`${data.source}\`, looked for in the working directory, in this folder and in the folder around it; \`--data FILE\`
names another place.`;
}
