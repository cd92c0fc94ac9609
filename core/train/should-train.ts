/** Whether a run should train now: decided here alone, by whoever has a say in it. */

export interface Circumstances {
  /** What a person said last: to train, or to pause. Absent while they have said neither. */
  asked?: boolean;
  /** Whether it trains by itself while nobody has said anything. */
  autorun: boolean;
  /** The page that shows it. Absent where nobody needs to see it. */
  page?: { visible: boolean; drawn: boolean; pauseWhenHidden: boolean };
  /** The training, where it is known. Finished, or given up; changed: its text or a knob, since then. */
  training?: { finished: boolean; changed: boolean };
}

/**
 * A person's word outweighs the setting. A page must have drawn the spec first, since training would slow that down; a
 * hidden one pauses the training where the person wants that. A finished training stays finished until something has
 * changed that it can learn.
 */
export function shouldTrain({ asked, autorun, page, training }: Circumstances): boolean {
  const wanted = asked ?? autorun;
  const seen = page === undefined || (page.visible ? page.drawn : !page.pauseWhenHidden);
  const open = training === undefined || !training.finished || training.changed;
  return wanted && seen && open;
}
