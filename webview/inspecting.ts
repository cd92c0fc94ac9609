/** Asking the trainer for a picture of the codes, for as long as a view shows it. */
import { useEffect, useState } from "preact/hooks";
import type { Inspected, Inspection } from "../core/train/inspect/messages";
import type { RunState } from "../core/train/run-state";
import type { Send } from "./connection";

/** Whether a person sees the page; one in a hidden tab asks for nothing. */
export function useSeen(): boolean {
  const [seen, see] = useState(!document.hidden);
  useEffect(() => {
    const look = (): void => see(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return seen;
}

/**
 * The answer to a question, as it was given last: asked when a view shows it, and again when the run has moved on since. The
 * host answers at its own pace, and a page asks again only once it has been answered.
 * @returns the newest answer of its kind, which may still be to the question before; undefined where there is none
 */
export function useInspection<K extends Inspection["kind"]>(
  question: Extract<Inspection, { kind: K }> | undefined,
  { inspected, phase, summary }: RunState,
  send: Send,
): Extract<Inspected, { kind: K }> | undefined {
  const seen = useSeen();
  const answer = question && (inspected[question.kind as K] as Extract<Inspected, { kind: K }> | undefined);
  useEffect(() => {
    if (seen && question !== undefined) send({ kind: "inspect", question });
  }, [seen, JSON.stringify(question), answer?.step, phase, summary?.identity]);
  return answer;
}

const remembered = new Map<string, unknown>();

/** As `useState`, and what was chosen is still chosen when the view is shown again. */
export function useRemembered<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, set] = useState<T>(remembered.has(name) ? (remembered.get(name) as T) : first);
  return [
    value,
    (next) => {
      remembered.set(name, next);
      set(next);
    },
  ];
}
