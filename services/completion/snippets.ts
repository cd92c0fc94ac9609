/** What a statement's word brings with it: the shape of the statement, filled with names that are already there. */
import type { Declaration } from "../../core/language/declaration";
import { kindOf, type NameKind } from "../scope";

/** The first declared names of each kind, or what a first one is usually called. */
function usual(names: readonly Declaration[]) {
  const of = (kind: NameKind): string[] =>
    names.filter((one) => kindOf(one) === kind).map(({ name }) => name);
  const modalities = of("modality");
  const [x = "X", y = "Y"] = modalities;
  const [z = "Z", w = "W"] = of("latent");
  const [beta = "beta"] = of("knob");
  const free = (...usualNames: string[]): string => {
    const taken = names.map(({ name }) => name);
    const found = usualNames.find((name) => !taken.includes(name));
    for (let i = 2; ; i++)
      if (found !== undefined || !taken.includes(`${usualNames[0]}${i}`))
        return found ?? `${usualNames[0]}${i}`;
  };
  return { x, y, z, w, beta, free, all: modalities.length > 1 ? modalities.join(", ") : `${x}, ${y}` };
}

/** Snippets by statement word. */
export function statementSnippets(names: readonly Declaration[]): Record<string, string> {
  const { x, y, z, w, beta, all, free } = usual(names);
  return {
    modality: `modality \${1:${free("X", "Y", "A")}} : \${2:vector(8)}`,
    target: `target \${1:${free("L", "T")}} : \${2:label(10)}`,
    observe: `observe \${1:${free("s", "t", "u")}} : \${2:label(10)}`,
    latent: `latent \${1:${free("Z", "W")}} : gaussian(\${2:8}) from \${3:${x}}`,
    want: `want \${1:shared}(\${2:${x}, ${y}})`,
    share: `share \${1:${z}}, \${2:${w}}`,
    prior: `prior \${1:${z}} = \${2:standard}`,
    knob: `knob \${1:${free("beta", "w", "g")}} = \${2:1} in \${3:0.1} .. \${4:100} log`,
    anneal: `anneal \${1:${beta}} from \${2:1} over \${3:10} epochs`,
    compress: `compress I(\${1:${x}}; \${2:${z}})`,
    keep: `keep I(\${1:${x}}; \${2:${z}})`,
    separate: `separate \${1:${z}}, \${2:${w}} weight \${3:1}`,
    missing: `missing \${1:${x}} rate \${2:0.2}`,
    each: `each \${1:V} in \${2:${all}}: keep I(\${1:V}; \${3:${z}})`,
    network: `network encoder \${1:${x}} = mlp(\${2:256, 256})`,
    data: 'data "${1:noisy-digits}" { samples = ${2:8000}, seed = ${3:1} }',
    train: "train { epochs = ${1:10}, batch = ${2:128}, optimizer = adam(${3:1e-3}) }",
    drop: "drop ${1:name}",
  };
}

/** Snippets of a file's lines. */
export const fileSnippets: Record<string, string> = {
  language: "language 1",
  use: 'use "${1:./other.bottleneck}"',
  spec: [
    'spec ${1:Name} "${2:What must survive?}" {',
    '  data "${4:planted-factors}" { samples = 8000, seed = 1 }',
    "  modality ${3:X} : ${7:vector(64)}",
    "",
    "  latent ${5:Z} : gaussian(${6:8}) from ${3:X}",
    "",
    "  knob beta = ${8:1} in 0.1 .. 100 log",
    "",
    "  compress I(${3:X}; ${5:Z})",
    "  keep I(${3:X}; ${5:Z})",
    "}",
  ].join("\n"),
};
