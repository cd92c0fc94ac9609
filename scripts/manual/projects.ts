/** The page of exported training projects. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectTexts } from "../../core/export/project/generated";
import { blocks, code, firstSentence, link, page, table } from "./markdown";

/** The first sentence of a file's docstring. */
const docOf = (text: string): string =>
  firstSentence(/"""([^]*?)(?:\n\n|""")/.exec(text)![1]!.replace(/\s+/g, " "));

/** What the measured page says in bold. */
const predicted = (): string[] =>
  readFileSync(join(import.meta.dirname, "../../docs/prediction.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("**"));

export const projectPage = (): string =>
  page(
    "# Training projects",
    `${code("bottleneck export SPEC --to project -o FOLDER")} writes a project that trains the loss of a spec: ${code("train.py")} and a package of small files, which are yours to change. It needs torch (from 1.13 on), and numpy for ${code(".npz")} and ${code(".npy")} files. A later export into the folder replaces what is made from the spec (${code("project/config.py")}, ${code("project/model.py")}, ${code("project/reader_networks.py")}, ${code("README.md")}, ${code("rows.npz")}); a file that you have changed is replaced only by ${code("--force")}.`,
    table(
      ["File", "What it is"],
      [
        ...Object.entries(projectTexts)
          .filter(([name]) => !name.endsWith("__init__.py"))
          .map(([name, text]) => [code(name), docOf(text)]),
        [code("project/model.py"), "Encoders, decoders, critics and the loss."],
        [code("project/reader_networks.py"), "Networks that read streams and codes without a bottleneck."],
        [code("project/config.py"), "What the spec says: data, streams, draws, knobs, training."],
        [code("rows.npz"), "The rows of a built-in generator, drawn at the export."],
      ],
    ),
    blocks(
      "## What is the same as in the preview",
      [
        "- Rows, splits, scaling, filled holes, batches, noise, missing streams and first weights: all are functions of the seed, so the losses of the preview are those of the project until rounding differences grow. `docs/exports.md` compares the first step of every method.",
        "- The checkpoint: the weights with the lowest loss on all validation samples, at the same steps, with one temperature fitted for contrastive terms; the last step where no look can choose.",
        `- Knobs with their schedules. ${code("--set beta=8")} fixes one.`,
        `- Data files: npz, npy, IDX, tables as text, JSON lines, Parquet (with pyarrow), HDF5 with AnnData and MuData (with h5py) and folders of pictures (with Pillow) are read as in the preview; of JPEG, the bytes may differ by rounding. Save the fields of recordings as npz, and name that with ${code("--data")}; views that the preview makes of a file's pictures are not exported.`,
      ].join("\n"),
    ),
    blocks(
      "## Does the preview predict the run?",
      "Networks of the preview are small. `docs/prediction.md` compares them with projects whose networks are four times as wide, for six methods on three data sets:",
      predicted()
        .map((line) => `- ${line}`)
        .join("\n"),
      `If a code collapses in the project alone, try a lower ${code("--rate")}: wide networks can need a lower one than small ones.`,
    ),
    blocks(
      "## What a run leaves",
      `${code("terms.csv")} and ${code("terms.jsonl")} have the loss and every term at each logged step, for training and validation samples; TensorBoard gets the same where it is installed. ${code("model.safetensors")} is the checkpoint, ${code("state.pt")} what a killed run needs to go on. ${code("report.json")} has the values on test samples, linear probes of every factor from means and draws with 95 % intervals, which are the preview's of the same weights, and findings: a code that has collapsed, coordinates that do not vary, a bound on information below 0. ${code("leftBehind")} has the groups of held-out rows of which the streams predict a target or factor and all codes together do not, found as in the preview, with what sets them apart; the same is printed in words. Where a spec names neither, rows are not searched for in a project; ${code("--no-left-behind")} ends a run without the search. Information in nats and several codes together are measured by the preview, from the same weights.`,
    ),
    blocks(
      "## Weights, both ways",
      `${code("bottleneck preview SPEC --weights run/model.safetensors")}, or ${code("Open weights")} in the panel, measures what a trained project's codes keep. ${code("bottleneck preview SPEC --save preview.safetensors")} writes the preview's weights, and ${code("python train.py --weights preview.safetensors")} starts from them. Names and shapes have to be those of the spec.`,
    ),
    blocks(
      "## Many machines",
      `${code("torchrun --nproc_per_node 4 train.py")} trains with several processes on one machine, with ${code("--nnodes")} on several. ${code("--batch")} counts the rows of all processes together. Terms that compare rows, such as contrastive ones, correlations and total correlations, get the rows of all processes with their gradients; other terms, decoders among them, work on the rows of their process. The loss and its gradient are those of one process with the whole batch.`,
      `${code("python sweep.py --seeds 1 2 3 --knob beta 4 16 64")} trains each combination and gathers one table; ${code("--slurm FILE")} writes an array script instead.`,
    ),
    blocks(
      "## Precision, speed and stability",
      [
        `- ${code("--precision bf16")} or ${code("fp16")} runs the networks in that precision; codes, likelihoods and bounds stay in float32.`,
        `- ${code("--compile")} compiles the model (torch 2).`,
        `- ${code("--clip NORM")} limits the gradient; ${code("--schedule")} and ${code("--warmup")} set the learning rate over the run.`,
        `- ${code("--patience N")} stops after N looks at the validation samples without a lower loss, and waits until no knob changes any more.`,
        "- A loss that is not finite ends the run with the term and the step; the state of the last look stays.",
      ].join("\n"),
    ),
    blocks(
      "## Frozen encoders and embeddings",
      `Large encoders need not train with the loss. Save what they give once, and let the spec read it as a vector: ${code('data "embeddings.npz"')} with ${code("modality image : vector(768) = image standardise")}. This works for any model that turns a sample into numbers:`,
      [
        "- Images: the pooled output of a vision transformer, or of a convolutional network before its last layer.",
        "- Text: the mean of the last hidden states over the words of a sentence, or a sentence encoder.",
        "- Audio: the mean over time of a speech or music model's states.",
      ].join("\n"),
      "Put the rows of all of them into one file, in the same order, with the factors that are known:",
      [
        "```python",
        "import numpy, torch",
        "",
        "",
        "@torch.no_grad()",
        "def embed(encoder, batches):",
        "    encoder.eval()",
        "    return torch.cat([encoder(batch) for batch in batches]).float().numpy()",
        "",
        "",
        'numpy.savez("embeddings.npz", image=embed(vision, images), text=embed(language, texts), label=labels)',
        "```",
      ].join("\n"),
      `The preview then trains on the embeddings in seconds, and the project on all of them.`,
      `A code that was trained before can be kept as it is. Write ${code("frozen")} after it, and train decoders, critics and other codes around it:`,
      [
        "```bottleneck",
        "latent Zx : gaussian(8) from image frozen",
        "latent Zt : gaussian(8) from text",
        "keep I(Zx; Zt) by infonce",
        "```",
      ].join("\n"),
      `Its weights are read from the file of any training that has the same code on the same stream: ${code("bottleneck preview SPEC --weights run/model.safetensors")}, ${code("Open weights")} in the panel, ${code("python train.py --weights run/model.safetensors")}. In the panel, a code that is frozen while it trains keeps what it has learned. Without such weights a frozen code is a random function of its inputs, which both say. Its rate against a standard prior is a constant; what it can be inferred from is in ${link("unfit-frozen", "diagnostics/unfit-frozen.md")}.`,
      `To train an encoder of your own with the loss, write ${code('network encoder image = torch("package.Module")')}: the project imports it.`,
    ),
    link("The manual", "README.md"),
  );
