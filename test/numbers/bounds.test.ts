/** Every bound on every executor against hand-written PyTorch: loss, terms and gradients. */
import { boundCases } from "./bounds";
import { hold } from "./hold";

hold("bounds", boundCases);
