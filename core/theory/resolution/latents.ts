/** `latent Z : gaussian(16) from X, Y by poe given Z2 frozen` and `prior Z = learned`. */
import type { LatentStatement, Name, PriorStatement } from "../../language/tree";
import { circularInference } from "../faults/circular-inference";
import { duplicateName } from "../faults/duplicate-name";
import { targetRead } from "../faults/target-read";
import { unfitBound } from "../faults/unfit-bound";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { fusions } from "../fusions/index";
import { lawOf, laws } from "../laws/index";
import { priors } from "../priors/index";
import type { FusionName, Latent, LawName } from "../spec";
import { refusesExpert } from "./expert-priors";
import type { Scope } from "./scope";

import { sizes } from "./values";

export function resolveLatent(
  scope: Scope,
  statement: LatentStatement,
  roles: StreamRoles,
): Latent | undefined {
  const law = resolveLaw(scope, statement);
  const from = resolveInputs(scope, statement.from, roles);
  const given = resolveInputs(scope, statement.given, roles);
  const fusion = resolveFusion(scope, statement, law?.name);
  if (law === undefined || from === undefined || given === undefined || fusion === undefined)
    return undefined;
  if (from.length === 0) return undefined;
  return {
    name: statement.name.text,
    law,
    from,
    fusion,
    given,
    ...(statement.frozen ? { frozen: true } : {}),
    prior: { name: "standard", arguments: [] },
    ...(statement.doc !== undefined ? { doc: statement.doc } : {}),
    range: statement.range,
  };
}

/** Roles of the declared streams, and how each was written, for the fix. */
type StreamRoles = ReadonlyMap<
  string,
  { role: "modality" | "target" | "observe"; range: { start: number; end: number } }
>;

function resolveLaw(scope: Scope, { law }: LatentStatement): Latent["law"] | undefined {
  const word = law.name.text;
  const known = laws.find(({ name }) => name === word);
  if (known === undefined)
    return scope.unknownWord(
      law.name,
      "law",
      laws.map(({ name }) => name),
    );
  const [size] = sizes(scope, law, ["width"]) ?? [];
  if (size === undefined) return undefined;
  if (known.least && size < known.least.size) {
    return scope.report(wrongArguments.least(law.range, word, known.least));
  }
  return { name: word as LawName, size };
}

/** Names of streams and latents that an encoder may read. */
function resolveInputs(scope: Scope, names: readonly Name[], roles: StreamRoles): string[] | undefined {
  const inputs: string[] = [];
  let whole = true;
  for (const [i, name] of names.entries()) {
    const role = scope.find(name, "stream or latent");
    const stream = roles.get(name.text);
    if (role === undefined) whole = false;
    else if (role === "knob") {
      scope.report(wrongRole.input(names, i));
      whole = false;
    } else if (stream !== undefined && stream.role !== "modality") {
      const word = { start: stream.range.start, end: stream.range.start + stream.role.length };
      scope.report(targetRead.at(name.range, name.text, stream.role, word));
      whole = false;
    } else if (inputs.includes(name.text)) {
      scope.report(duplicateName.input(names, i));
    } else inputs.push(name.text);
  }
  return whole ? inputs : undefined;
}

function resolveFusion(
  scope: Scope,
  { from, fusion }: LatentStatement,
  law: LawName | undefined,
): Latent["fusion"] | undefined {
  const single = from.length < 2;
  if (fusion === undefined) return { name: single ? "single" : "concat", options: [] };
  const word = fusion.name.text;
  const known = fusions.find(({ name }) => name === word && name !== "single");
  if (known === undefined) {
    return scope.unknownWord(
      fusion.name,
      "fusion",
      fusions.map(({ name }) => name).filter((name) => name !== "single"),
    );
  }
  const options: string[] = [];
  for (const argument of fusion.args) {
    const given = argument.value.kind === "name" ? argument.value.text : undefined;
    const value = argument.name === undefined ? given : `${argument.name.text} = ${given}`;
    if (value === undefined || !known.options.includes(value)) {
      return scope.report(wrongArguments.fusion(argument.range, word, known.options));
    }
    options.push(value);
  }
  if (known.noisy && law !== undefined && lawOf(law).deterministic) {
    return scope.report(unfitBound.deterministicFusion(fusion.range, word, law));
  }
  return { name: single && options.length === 0 ? "single" : (word as FusionName), options };
}

/** `prior Z = learned`: changes the latent that it names. */
export function resolvePrior(scope: Scope, statement: PriorStatement, latents: Latent[]): void {
  const { name, law, from } = statement;
  const role = scope.find(name, "latent");
  if (role === undefined) return;
  if (role !== "latent") {
    scope.report(wrongRole.notLatent(name.range, name.text, "prior"));
    return;
  }
  const latent = latents.find((candidate) => candidate.name === name.text);
  const density = latent && lawOf(latent.law.name).density;
  if (latent && density === undefined && law?.name.text !== "standard") {
    scope.report(unfitBound.noiselessPrior(statement.range, latent));
    return;
  }
  if (latent && density?.mixed && law?.name.text === "mixture") {
    scope.report(unfitBound.mixedPrior(statement.range, latent, law.range));
    return;
  }
  if (from) {
    const sources = resolvePriorSources(scope, name, from);
    if (latent && sources)
      takePrior(scope, latent, { name: "from", arguments: [], from: sources }, statement);
    return;
  }
  if (law === undefined) return;
  const word = law.name.text;
  const prior = priors.find((candidate) => candidate.name === word && word !== "from");
  if (prior === undefined) {
    scope.unknownWord(
      law.name,
      "prior",
      priors.map((candidate) => candidate.name),
    );
    return;
  }
  const counts = sizes(scope, law, prior.argument === undefined ? [] : [prior.argument]);
  if (counts === undefined || latent === undefined) return;
  const reads = [...latent.from, ...latent.given];
  const read = scope.latents.find((candidate) => reads.includes(candidate.name));
  if (word === "vamp" && read) {
    scope.report(
      unfitBound.pseudoInputs(law.range, name.text, { kind: "code", name: read.name }, counts[0]!),
    );
    return;
  }
  const text = scope.streams.find(({ name: own, kind }) => kind.name === "text" && reads.includes(own));
  if (word === "vamp" && text) {
    scope.report(
      unfitBound.pseudoInputs(law.range, name.text, { kind: "text", name: text.name }, counts[0]!),
    );
    return;
  }
  takePrior(scope, latent, { name: word, arguments: counts }, statement);
}

function takePrior(scope: Scope, latent: Latent, prior: Latent["prior"], statement: PriorStatement): void {
  if (refusesExpert(scope, latent, prior, statement)) return;
  latent.prior = { ...prior, range: statement.range };
}

/** Names of the variables that a prior is made from. */
function resolvePriorSources(scope: Scope, name: Name, from: readonly Name[]): string[] | undefined {
  const sources: string[] = [];
  for (const source of from) {
    const role = scope.find(source, "stream or latent");
    if (role === undefined) return undefined;
    const observed = scope.streams.find((stream) => stream.name === source.text)?.role === "observe";
    if (role === "knob" || source.text === name.text || observed) {
      return scope.report(wrongRole.priorSource(source.range, name.text, source.text));
    }
    if (!sources.includes(source.text)) sources.push(source.text);
  }
  return sources.length > 0 ? sources : undefined;
}

/** Reports latents that are inferred from themselves, and returns the others, in their order. */
export function withoutCircles(
  scope: Scope,
  latents: readonly Latent[],
  places: ReadonlyMap<string, Name>,
): Latent[] {
  const done = new Set<string>();
  const circular = new Set<string>();
  const byName = new Map(latents.map((latent) => [latent.name, latent]));
  const visit = (latent: Latent, path: readonly string[]): boolean => {
    if (done.has(latent.name)) return !circular.has(latent.name);
    if (path.includes(latent.name)) {
      const loop = [...path.slice(path.indexOf(latent.name)), latent.name];
      scope.report(circularInference.at(places.get(latent.name)?.range ?? latent.range, loop));
      return false;
    }
    let whole = true;
    for (const input of [...latent.from, ...latent.given]) {
      const read = byName.get(input);
      if (read && !visit(read, [...path, latent.name])) whole = false;
    }
    done.add(latent.name);
    if (!whole) circular.add(latent.name);
    return whole;
  };
  for (const latent of latents) visit(latent, []);
  return latents.filter(({ name }) => !circular.has(name));
}
