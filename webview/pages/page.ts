/** A page of the panel: what one of its tabs shows. */
import type { ComponentChild } from "preact";
import type { SpecSummary } from "../../core/train/protocol";
import type { Send } from "../connection";
import type { PanelState } from "../state";

interface PageProps {
  summary: SpecSummary;
  state: PanelState;
  send: Send;
}

export interface PanelPage {
  id: string;
  /** What its tab says. */
  title: string;
  /** What it shows, in one sentence for the manual. */
  doc: string;
  /** Whether it is about the run: then knobs, Run and the first sentence stay in view over it. */
  ofRun?: true;
  View(props: PageProps): ComponentChild;
}
