import { Codes } from "../views/codes";
import { Curves } from "../views/curves";
import { Flow } from "../views/flow";
import { Kept } from "../views/kept";
import { LeftBehindView } from "../views/left-behind";
import { SamplesView } from "../views/samples";
import { Terms } from "../views/terms";
import type { PanelPage } from "./page";

export const preview: PanelPage = {
  id: "preview",
  title: "Preview",
  doc: "The running training: what flows into the codes, what each code keeps and discards, knobs, terms and curves.",
  ofRun: true,
  View: ({ summary, state, send }) => (
    <div class="columns">
      <div class="column wide">
        <Flow summary={summary} state={state.run} lit={state.lit} send={send} />
        <Kept summary={summary} state={state.run} />
        <LeftBehindView state={state.run} />
      </div>
      <div class="column">
        <Terms summary={summary} state={state.run} lit={state.lit} send={send} />
        <Curves summary={summary} state={state.run} />
        <SamplesView state={state.run} />
        <Codes summary={summary} state={state.run} />
      </div>
    </div>
  ),
};
