/** The page of what is found in data and in a running training. */
import { findingRules, startRules, stepRules } from "../../core/train/findings/index";
import { observed } from "../../core/train/findings/observe";
import { dataRules } from "../../core/train/findings/data/index";
import { boundExample } from "../../core/train/findings/data/observe";
import type { FindingRule, Seen } from "../../core/train/findings/rule";
import { changeTitle } from "../../core/theory/change";
import { blocks, code, fenced, link, page } from "./markdown";

const entry = (
  rule: Pick<FindingRule, "code" | "seen" | "why" | "change"> & { example: { spec: string } },
  found: readonly Seen[],
): string =>
  blocks(
    `### ${code(rule.code)}`,
    rule.seen,
    rule.why,
    `What to change: ${rule.change[0]!.toLowerCase()}${rule.change.slice(1)}`,
    "An example:",
    fenced(rule.example.spec),
    blocks(...found.map(({ message }) => `> ${message}`)),
    ...found.flatMap(({ fix }) => (fix ? [`Fix: ${changeTitle(fix)}.`] : [])),
  );

export const findingsPage = (): string =>
  page(
    "# What can go wrong in a training",
    `The panel and the report show the findings of a preview; ${code("preview --json")} names each by its code.`,
    "## In the data",
    "The data of the streams are checked once, before the first step. For a stream with more than ten million values, an evenly spaced sample is checked.",
    ...dataRules.map((rule) => entry(rule, rule.find(boundExample(rule.example)))),
    "## At the start of a training",
    ...startRules.map((rule) => entry(rule, rule.find(rule.example))),
    "## During training",
    "A preview checks held-out samples while it trains. Each finding shows current numbers and is removed when it no longer applies. If the spec is the cause, the finding has a fix: the panel shows a button that writes it into the spec.",
    ...findingRules.map((rule) => entry(rule, rule.find(observed(rule.example)))),
    "## At a training step",
    ...stepRules.map((rule) => entry(rule, rule.find(rule.example))),
    link("The manual", "README.md"),
  );
