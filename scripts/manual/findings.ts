/** The page of what is found in data and in a running training. */
import { findingRules } from "../../core/train/findings/index";
import { observed } from "../../core/train/findings/observe";
import { dataRules } from "../../core/train/findings/data/index";
import { boundExample } from "../../core/train/findings/data/observe";
import type { FindingRule, Seen } from "../../core/train/findings/rule";
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
  );

export const findingsPage = (): string =>
  page(
    "# What can go wrong in a training",
    `What a preview finds is shown in the panel and in the report; ${code("preview --json")} names each by its code.`,
    "## In the data",
    "The data that the streams read are looked at once, before the first step. Of more than ten million values of a stream, samples at even distances are looked at.",
    ...dataRules.map((rule) => entry(rule, rule.find(boundExample(rule.example)))),
    "## While it trains",
    "A preview looks at held-out samples while it trains. Each finding has the numbers of now, and is taken back when it no longer holds.",
    ...findingRules.map((rule) => entry(rule, rule.find(observed(rule.example)))),
    link("The manual", "README.md"),
  );
