/** Codes of every fusion, prior, law and hierarchy on every executor against hand-written PyTorch. */
import { codeCases } from "./codes";
import { hold } from "./hold";

hold("codes", codeCases);
