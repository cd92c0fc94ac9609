/** The page of what is measured of a run. */
import { measurements } from "../../core/train/measurements/index";
import { tables } from "../../core/train/measurements/measurement";
import { blocks, code, fenced, link, page, table } from "./markdown";

const units = { nats: "nats", share: "a share from 0 to 1", R2: "R², at most 1", number: "a number" };

export const measurementsPage = (): string =>
  page(
    "# What is measured of a run",
    `While a preview trains, these are measured on validation samples, in at most a quarter of the training's time and soon after a knob is turned. After the last step they are measured on test samples; that time is not part of the quarter. Each estimated value has a 95 % interval.`,
    table(
      ["Id", "Measurement", "Unit", "Table"],
      measurements.map(({ id, title, unit, place }) => [
        code(id),
        title,
        units[unit],
        tables[place.table].title,
      ]),
    ),
    ...measurements.map(({ id, title, doc }) => blocks(`## ${title} (${code(id)})`, doc)),
    blocks(
      "## Verdicts",
      `Whether a code keeps a factor rests on draws of the code, since draws are what a decoder is given. ${code("verdicts")} of ${code("preview --json")} has one for each code and factor, and the first sentence of the report is made from them.`,
      table(
        ["Verdict", "Meaning"],
        [
          [
            code("keeps"),
            "A linear probe of the draws reaches half of the way from chance to 1 or more, or draws carry three quarters of the entropy or more.",
          ],
          [
            code("some"),
            "The probe reaches a tenth or more, or it ranks a class above the others that it seldom names, or draws carry a tenth of the entropy.",
          ],
          [code("hidden"), "Draws show nothing, and the noiseless mean does: hidden by noise only."],
          [code("drops"), "Neither the draws nor the mean show the factor."],
          [
            code("unjudged"),
            `The samples leave it open. ${code("because")} says why: ${code("constant")} for a number that does not vary, ${code("one-class")} for labels of a single class, ${code("few-rows")} for too few samples, or too few of a class.`,
          ],
        ],
      ),
      `Nats count where they show more than the linear probe: a code of two signs keeps their product, which no line follows. They are those of ${code("information")}, which the last round reads with a perceptron too, and a number has the entropy of the classes that it is cut into. The sentence then gives nats.`,
      "A verdict needs evidence that the probe beats chance, at 2.5 % for all pairs of a run together (Holm 1979). No verdict exceeds what the rate of the code allows: the upper 95 % limit of its rate bounds the information about the factor, and so the accuracy (Fano's inequality, or the tighter distortion-rate function where classes are not equally likely) and, for a number cut into quantile classes, R². A code without noise has no such limit, nor has one whose rate is beyond other variables.",
    ),
    blocks(
      "## The checkpoint",
      `While training runs, everything is measured as it is now, on validation samples. When it ends, terms, rates, probes and verdicts are measured on test samples, which nothing was chosen by, at the ${code("checkpoint")}: the step with the lowest loss on all validation samples among the steps at which it was measured. The panel, the report and ${code("preview --json")} say which step that is, and a saved run has its weights.`,
      `A turned knob starts the choice anew, and so does a schedule while it changes a knob, because losses at different values cannot be compared. A loss with a training signal that is not information, or with a network or the multiplier of a limit (${code("below")}) that is trained against the codes, uses the last step: its value on validation samples does not say which weights are better.`,
    ),
    blocks(
      "## Left behind",
      "When a training has ended, two readers are compared on held-out samples: a supervised network that reads the streams, with the encoders of the spec but without a bottleneck, and a network that reads draws of all codes together. Neither has learned from these samples. For each target and observed factor T, a sample is expected to lose the divergence of the two answers, KL(p(T given the streams), p(T given the codes)); the mean of this over samples is I(T; X | Z), what the codes lack. Samples that are expected to lose much are grouped without looking at their T: all of them, those of which the streams report one class, or those with one value of a known factor. Another draw of their codes then judges them: of a sample near a border, a draw may lie on the wrong side, and the next one does not. A group is reported where the codes' probability of its true classes is too low to be chance (corrected for all groups by Holm 1979), where the codes are wrong about certainly more than half of it, where the streams alone are right far more often than the codes alone, and where the codes do well on the other samples. A number is asked for by the quarter of its values, and the quarter next to the true one counts as right: which of two quarters the codes report of a value near their border is chance. A factor that the codes lack as a whole is a verdict, not a group; a factor that the spec wants forgotten is left out.",
      "The reader of the streams is trained once for the same data, factors and encoders.",
      "A spec without any target and observed factor has nothing that could be predicted. Then groups are found by reconstruction, and the panel and the report say so. Each stream is predicted from draws of all codes together by a ridge regression (on the codes and rectified units of them); what it leaves is turned into directions with tails as heavy as possible (principal components, then FastICA). A group is reported where a few training samples, at most 15 %, lie beyond a gap along such a direction, and held-out samples confirm it: in a tail that only falls, the interval before the group would have at least as many samples as the one of the same width within it (probability at most 0.01, corrected for all gaps that are looked at). A group that a logistic probe of the codes recognises is not reported. Something rare that differs only by degrees, without a gap, is not found.",
    ),
    blocks(
      "## As JSON",
      `${code("bottleneck preview FILE --json")} prints one object, the report. Ids and codes are stable; a field that does not apply is absent, and other fields may be added.`,
      fenced(
        [
          '"report":       { "summary", "phase", "step", "checkpoint", "seconds", "heldOut"?, "rates", "measurements", "verdicts", "confusions", "leftBehind", "sentence", "findings", "diagnostics" }',
          '"measurements": [{ "id", "code"?, "factor"?, "term"?, "class"?, "coordinate"?, "value", "low", "high", "unit", "chance"?, "given"? }]',
          '"verdicts":     [{ "code", "factor", "verdict", "because"? }]',
          '"confusions":   [{ "code", "factor", "counts" }]',
          '"findings":     [{ "code", "severity", "message", "about"?, "fix"? }]',
          '"leftBehind":   [{ "target", "stream"?, "share", "accuracyByCodes", "accuracyByStreams", "low", "high", "apart", "samples" }]',
          '"checkpoint":   { "step", "because"? }',
        ].join("\n"),
        "text",
      ),
      table(
        ["Field", "Content"],
        [
          [
            code("summary"),
            "what is trained: the loss, its terms, streams, codes, knobs, the executor and the numbers of samples",
          ],
          [
            `${code("phase")}, ${code("step")}, ${code("seconds")}`,
            `${code("finished")}, or ${code("paused")} where a person has interrupted it; after how many steps and seconds of training`,
          ],
          [
            `${code("heldOut")}, ${code("rates")}`,
            `the loss and its terms by their ids, and the rate of each coordinate of each code in nats; of the ${code("checkpoint")} on test samples`,
          ],
          [
            code("sentence"),
            "the first sentences of the report, which are made from the verdicts and the groups that are left behind; three at most",
          ],
          [code("diagnostics"), `warnings about the text, as ${code("bottleneck check --json")} gives them`],
          [code("id"), "which measurement, from the table above"],
          [
            `${code("code")}, ${code("factor")}, ${code("term")}, ${code("class")}, ${code("coordinate")}`,
            "what it is of: a code, an observed factor, the id of a term, the number of a class or of a coordinate",
          ],
          [code("value"), `the estimate, in ${code("unit")}`],
          [
            `${code("low")}, ${code("high")}`,
            `the 95 % interval; ${code("high")} is ${code("null")} where nothing bounds the value from above`,
          ],
          [code("unit"), Object.keys(units).map(code).join(", ")],
          [
            code("counts"),
            "rows of the factor's classes, a list for each class with the rows named as each class, from one draw of each row; of labels of at most 40 classes",
          ],
          [code("chance"), "the value of a code without information, where that is not 0 nats"],
          [code("given"), "of a rate: the variables beyond which it is"],
          [
            code("step"),
            `the step whose weights were measured; ${code("because")} says why it is the last one, where no choice was possible`,
          ],
          [
            code("target"),
            `a target or observed factor that the codes fail to predict for a group of held-out samples; ${code("leftBehind")} is ${code("[]")} where there is no such group, and has the group first that loses most samples: its share times the lower limit of the difference. ${code("null")} where the spec names no target and no factor, and the group was found by reconstruction`,
          ],
          [code("stream"), "of a group found by reconstruction: the stream that has something rare in it"],
          [code("share"), "of all held-out samples: validation and test samples"],
          [
            `${code("accuracyByCodes")}, ${code("accuracyByStreams")}`,
            `in the group; ${code("low")} and ${code("high")} are the 95 % interval of their difference; all four are ${code("null")} where ${code("target")} is`,
          ],
          [
            code("apart"),
            `values that the group has more often than all held-out samples: ${code('[{ "factor", "value", "lift" }]')}; the value is the number of a class, or a range of a number; where ${code("target")} is ${code("null")}, the factor is the stream, and the value one of its columns (by its indices from 0, or by its word) with a range`,
          ],
          [code("samples"), "its samples, by their row in the data from 0, those that lose most first"],
          [code("severity"), ["error", "warning", "information"].map(code).join(", ")],
        ],
      ),
      `A text or data with errors prints ${code('{ "diagnostics": [...] }')} instead, with exit code 1.`,
    ),
    link("The manual", "README.md"),
  );
