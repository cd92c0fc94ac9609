import { Derivation } from "../views/derivation";
import type { PanelPage } from "./page";

export const derivation: PanelPage = {
  id: "derivation",
  title: "Derivation",
  doc: "How the loss follows from the terms, step by step, with the side, the gap and the source of each bound.",
  View: ({ summary }) => <Derivation summary={summary} />,
};
