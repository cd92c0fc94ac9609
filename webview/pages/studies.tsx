import { Studies } from "../views/studies/studies";
import type { PanelPage } from "./page";

export const studies: PanelPage = {
  id: "studies",
  title: "Studies",
  doc: "Questions that take many trainings: which value of a knob, how much data, what would break it. Each has its options, its answer in words, pictures and a table that can be saved; a click on a point of a sweep sets the knob.",
  ofRun: true,
  View: ({ summary, state, send }) => <Studies summary={summary} state={state} send={send} />,
};
