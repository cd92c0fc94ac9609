import { PeriodicTable } from "../views/table/table";
import type { PanelPage } from "./page";

export const table: PanelPage = {
  id: "table",
  title: "Periodic table",
  doc: "The published losses by what they compress and what they keep, with the open spec among them.",
  View: ({ state, send }) => (
    <PeriodicTable table={state.table} generation={state.run.generation} send={send} />
  ),
};
