import { AcrossView } from "../views/across";
import { MapView } from "../views/map/map";
import { TraversalView } from "../views/traversal";
import type { PanelPage } from "./page";

export const codes: PanelPage = {
  id: "codes",
  title: "Codes",
  doc: "What is in the codes: a map of the held-out samples by any code, each sample with its reconstructions, codes and neighbours, what each coordinate changes, and each stream decoded from another's codes or from the priors. It is computed while it is shown.",
  ofRun: true,
  View: ({ summary, state, send }) => (
    <div class="codes-page">
      <div class="column">
        <MapView summary={summary} state={state.run} send={send} />
      </div>
      <div class="column">
        <TraversalView summary={summary} state={state.run} send={send} />
        <AcrossView state={state.run} send={send} />
      </div>
    </div>
  ),
};
