/** A spec of the catalogue taken apart by its lines, to be rewritten and put together again. */
export interface WrittenTerm {
  side: "compress" | "keep";
  /** Absent for 1. */
  weight?: string;
  functional?: string;
  left: string[];
  right: string[];
  given: string[];
  /** From `by` on. */
  rest: string;
}

interface WrittenLatent {
  name: string;
  law: string;
  from: string[];
  /** ` by poe given Z2`, or nothing. */
  rest: string;
}

interface WrittenKnob {
  name: string;
  value: number;
  from: number;
  to: number;
  log: boolean;
}

export interface Written {
  latents: WrittenLatent[];
  knobs: WrittenKnob[];
  terms: WrittenTerm[];
  /** Streams, priors and what else there is. */
  others: string[];
}

const names = (text: string): string[] => text.split(/,\s*(?![^[]*\])/).filter(Boolean);

export function takenApart(text: string): Written {
  const written: Written = { latents: [], knobs: [], terms: [], others: [] };
  const lines = text
    .split("\n")
    .filter((line) => /^ {2}\w/.test(line))
    .map((line) => line.trim());
  for (const line of lines) {
    const latent = /^latent (\w+) : (\w+)\(\d+\) from ([\w, ]+?)((?: by .*)?(?: given .*)?)$/.exec(line);
    const knob = /^knob (\w+) = (\S+) in (\S+) \.\. (\S+)( log)?$/.exec(line);
    const term = /^(compress|keep) (?:(.+) \* )?(I|TC|gap|H)\(([^)]*)\)(.*)$/.exec(line);
    if (latent) {
      const [, name, law, from, rest] = latent as unknown as string[];
      written.latents.push({ name: name!, law: law!, from: names(from!), rest: rest! });
    } else if (knob) {
      const [, name, value, from, to, log] = knob;
      written.knobs.push({ name: name!, value: +value!, from: +from!, to: +to!, log: log !== undefined });
    } else if (term) {
      const [, side, weight, word, inside = "", rest = ""] = term;
      const [left = "", right = "", given = ""] = inside.split(/; | \| /);
      written.terms.push({
        side: side as WrittenTerm["side"],
        ...(weight === undefined ? {} : { weight }),
        ...(word === "I" ? {} : { functional: word! }),
        left: names(left),
        right: names(right),
        given: names(given),
        rest,
      });
    } else written.others.push(line);
  }
  return written;
}

const termLine = ({ side, weight, functional, left, right, given, rest }: WrittenTerm): string => {
  const sides = functional
    ? left.join(", ")
    : `${left.join(", ")}; ${right.join(", ")}${given.length > 0 ? ` | ${given.join(", ")}` : ""}`;
  return `${side} ${weight === undefined ? "" : `${weight} * `}${functional ?? "I"}(${sides})${rest}`;
};

/** @param order of the statements */
export function putTogether(
  { latents, knobs, terms, others }: Written,
  order = (lines: string[]): string[] => lines,
): string {
  const lines = [
    ...others,
    ...latents.map(
      ({ name, law, from, rest }) => `latent ${name} : ${law}(8) from ${from.join(", ")}${rest}`,
    ),
    ...knobs.map(
      ({ name, value, from, to, log }) => `knob ${name} = ${value} in ${from} .. ${to}${log ? " log" : ""}`,
    ),
    ...terms.map(termLine),
  ];
  return `spec A {\n${order(lines)
    .map((line) => `  ${line}\n`)
    .join("")}}\n`;
}
