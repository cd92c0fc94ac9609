/** The findings that hold: said at once, again when their numbers change, and taken back once a look no longer finds them. */
import { findingRules } from "./findings/index";
import type { Finding } from "./protocol";
import type { TrainingMessage } from "./training";

/** Codes of findings that a look takes back; any other has happened, and stays. */
const looked: ReadonlySet<string> = new Set(findingRules.map(({ code }) => code));
const keyOf = ({ code, about = "" }: Finding): string => `${code} ${about}`;

export class HeldFindings {
  /** As they were last said. */
  private readonly said = new Map<string, Finding>();

  constructor(private readonly emit: (message: TrainingMessage) => void) {}

  get all(): Finding[] {
    return [...this.said.values()];
  }

  /** Those of the run that is continued, said already. */
  takeUp(findings: readonly Finding[]): void {
    for (const finding of findings) this.said.set(keyOf(finding), finding);
  }

  /** One holds until a look no longer finds it. */
  say(step: number, finding: Finding): void {
    this.said.set(keyOf(finding), finding);
    this.emit({ kind: "finding", step, finding });
  }

  /** A look has found these. */
  lookedAt(step: number, found: readonly Finding[]): void {
    const holds = new Map(found.map((finding) => [keyOf(finding), finding]));
    for (const [name, { code, about }] of this.said) {
      if (holds.has(name) || !looked.has(code)) continue;
      this.said.delete(name);
      this.emit({ kind: "settled", step, code, ...(about === undefined ? {} : { about }) });
    }
    // Said again when its numbers have changed: what is shown is of now.
    for (const [name, finding] of holds)
      if (this.said.get(name)?.message !== finding.message) this.say(step, finding);
  }
}
