import { Codes } from "../views/codes";
import { Curves } from "../views/curves";
import { Flow } from "../views/flow";
import { Kept } from "../views/kept";
import { Knobs } from "../views/knobs";
import { SamplesView } from "../views/samples";
import { Terms } from "../views/terms";
import type { PanelPage } from "./page";

export const preview: PanelPage = {
  id: "preview",
  title: "Preview",
  doc: "The running training: what flows into the codes, what each code keeps and discards, knobs, terms and curves.",
  View: ({ summary, state, turn, send }) => (
    <div class="columns">
      <div class="column wide">
        <Flow summary={summary} state={state.run} lit={state.lit} send={send} />
        <Kept summary={summary} state={state.run} />
        <SamplesView state={state.run} />
      </div>
      <div class="column">
        <Knobs summary={summary} state={state} turn={turn} send={send} />
        <Terms summary={summary} state={state.run} lit={state.lit} send={send} />
        <Curves summary={summary} state={state.run} />
        <Codes summary={summary} state={state.run} />
      </div>
    </div>
  ),
};
