/** The page of what is found in a running training. */
import { findingRules } from "../../core/train/findings/index";
import { observed } from "../../core/train/findings/observe";
import { blocks, code, fenced, link, page } from "./markdown";

export const findingsPage = (): string =>
  page(
    "# What can go wrong in a training",
    `A preview looks at held-out samples while it trains. What it finds is shown in the panel and in the report, with the numbers of now, and taken back when it no longer holds; ${code("preview --json")} names each by its code.`,
    ...findingRules.map((rule) =>
      blocks(
        `## ${code(rule.code)}`,
        rule.seen,
        rule.why,
        `What to change: ${rule.change[0]!.toLowerCase()}${rule.change.slice(1)}`,
        "An example:",
        fenced(rule.example.spec),
        blocks(...rule.find(observed(rule.example)).map(({ message }) => `> ${message}`)),
      ),
    ),
    link("The manual", "README.md"),
  );
