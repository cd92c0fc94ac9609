/** Streams that may be absent: every bound and code on partial rows, on every executor against hand-written PyTorch. */
import { hold } from "./hold";
import { missingCases } from "./missing";

hold("missing streams", missingCases);
