import type { SpecSummary } from "../../core/train/protocol";
import { useRemembered } from "../inspecting";
import { Choice } from "./choice";

/** Which code a view shows: the one that was chosen there last, if the spec still has it, else the first; and how to choose. */
export function useCode(view: string, { latents }: SpecSummary) {
  const codes = latents.map(({ name }) => name);
  const [wanted, choose] = useRemembered(`${view} code`, codes[0]!);
  const code = codes.includes(wanted) ? wanted : codes[0]!;
  const options = codes.map((name) => ({ value: name, text: name }));
  return {
    code,
    /** Its place among the codes. */
    at: codes.indexOf(code),
    choice: <Choice label="code" options={options} value={code} choose={choose} />,
  };
}
