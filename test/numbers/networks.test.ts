import { hold } from "./hold";
import { networkCases } from "./networks";

hold("networks", networkCases);
