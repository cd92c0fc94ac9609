/**
 * What a panel's page must be told again when it is loaded anew: the last word of each kind about the running preview,
 * and its curves.
 */
import type { FromHost, TermPoint } from "./protocol";

type Opened = Extract<FromHost, { kind: "opened" }>;

/** Points kept; past it every other one goes, so that a long run stays small. */
const MOST_POINTS = 1000;

/** A panel's past, as plain values. */
export interface PanelPast {
  latest: FromHost[];
  points: TermPoint[];
}

export class PanelMemory {
  private latest = new Map<FromHost["kind"], FromHost>();
  private findings: Extract<FromHost, { kind: "finding" }>[] = [];
  private points: TermPoint[] = [];

  /** Remembers a message on its way to the page. */
  note(message: FromHost): void {
    switch (message.kind) {
      case "points":
        this.notePoints(message.points);
        return;
      case "finding":
        this.settle(message.finding.code);
        this.findings.push(message);
        return;
      case "settled":
        this.settle(message.code);
        return;
      case "snapshot":
        return;
      case "opened":
        if (message.restarted) this.forget();
        // What still holds of the new text is told again at its next look.
        this.findings = [];
        this.latest.delete("rejected");
        break;
      case "welcome":
      case "rejected":
      case "phase":
      case "progress":
      case "rates":
      case "probes":
      case "pictures":
        break;
    }
    this.latest.set(message.kind, message);
  }

  private notePoints(points: TermPoint[]): void {
    const first = points[0];
    const last = this.points.at(-1);
    // A step before the last one: the run was started again from fresh weights.
    if (first !== undefined && last !== undefined && first.step < last.step) this.points = [];
    this.points.push(...points);
    const kept = (point: TermPoint, index: number): boolean => index % 2 === 1 || point.heldOut !== undefined;
    if (this.points.length > MOST_POINTS) this.points = this.points.filter(kept);
  }

  private settle(code: string): void {
    this.findings = this.findings.filter(({ finding }) => finding.code !== code);
  }

  private forget(): void {
    const welcome = this.latest.get("welcome");
    this.latest.clear();
    if (welcome !== undefined) this.latest.set("welcome", welcome);
    this.findings = [];
    this.points = [];
  }

  /** The messages that bring a fresh page to the present, in an order in which they make sense. */
  replay(): FromHost[] {
    const opened = this.latest.get("opened") as Opened | undefined;
    const welcome = this.latest.get("welcome");
    const start = welcome === undefined ? [] : [welcome];
    if (opened === undefined)
      return [...start, ...[...this.latest.values()].filter((message) => message !== welcome)];
    const { generation } = opened;
    const rest = [...this.latest.values()].filter((message) => message !== welcome && message !== opened);
    const points: FromHost = { kind: "points", generation, points: this.points };
    // A page drops what belongs to another generation than the one it was told was opened.
    const told = [points, ...this.findings, ...rest].map((message) =>
      "generation" in message && message.kind !== "rejected" ? { ...message, generation } : message,
    );
    return [...start, { ...opened, restarted: true }, ...told];
  }

  /** As plain values, to be stored. */
  past(): PanelPast {
    return { latest: [...this.latest.values(), ...this.findings], points: this.points };
  }

  /** Takes up a stored past. */
  recall(past: PanelPast): void {
    for (const message of past.latest) if (message.kind !== "welcome") this.note(message);
    this.points = past.points;
  }
}
