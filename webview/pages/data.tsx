import { DataView } from "../views/data/data";
import type { PanelPage } from "./page";

export const data: PanelPage = {
  id: "data",
  title: "Data",
  doc: "What the spec reads from its data: samples of each split; for each stream its shape, range, histogram, classes, transforms, missing numbers, columns that never vary or have a value far from all others, and some held-out samples; and what of the data is not read, and why.",
  ofRun: true,
  View: ({ state, send }) => <DataView state={state.run} send={send} />,
};
