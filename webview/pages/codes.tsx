import { MapView } from "../views/map/map";
import type { PanelPage } from "./page";

export const codes: PanelPage = {
  id: "codes",
  title: "Codes",
  doc: "What is in the codes: a map of the held-out samples by any code, coloured by any factor, and each sample with its reconstructions, codes and neighbours.",
  ofRun: true,
  View: ({ summary, state, send }) => (
    <div class="codes-page">
      <MapView summary={summary} state={state.run} send={send} />
    </div>
  ),
};
