/** The paper's nine losses on every executor against hand-written PyTorch: loss, terms and gradients. */
import { hold } from "./hold";
import { paper } from "./paper";

hold("the paper's losses", paper);
