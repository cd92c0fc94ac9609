/**
 * From the syntax tree to a spec: names are resolved, inherited statements are included, defaults are filled, and errors
 * are reported once, in their place. Statements with errors are left out, so that the rest can still be shown.
 */
import { within, type Diagnostic } from "../../language/diagnostic";
import type { Name, SpecTree, Statement, StreamStatement } from "../../language/tree";
import { duplicateName } from "../faults/duplicate-name";
import type { Body, Library } from "./library";
import { checkUniformExperts } from "./expert-priors";
import { checkFrozen } from "./frozen";
import { declaredName, flatten } from "./extension";
import { resolveAnneal, resolveKnob } from "./knobs";
import { withoutCircles, resolveLatent, resolvePrior } from "./latents";
import { resolveMissing } from "./missing";
import { resolveNetwork } from "./networks";
import { Scope } from "./scope";
import { defaultTraining, resolveData, resolveTraining } from "./settings";
import { resolveShare } from "./share";
import { resolveDerived, withPresents } from "./derived";
import { resolveStream } from "./streams";
import { standardiseAll } from "./transforms";
import { resolveSeparate, resolveTerm, withIds } from "./terms";
import { resolveWants } from "./wants";
import type { Latent, Spec, Stream } from "../spec";

interface Resolution {
  /** What is whole of the spec; absent when it extends something that is not there. */
  spec?: Spec;
  diagnostics: Diagnostic[];
}

/** @param library the files around the spec */
export function resolve(tree: SpecTree, library: Library): Resolution {
  const scope = new Scope(({ start }) =>
    library.own.file.specs.find(({ body }) => body.start < start && start < body.end),
  );
  const body = flatten(scope, tree, { library, errorsOf: (other) => errorsOf(other, library) });
  if (body === undefined) return { diagnostics: scope.diagnostics };
  const places = declare(scope, body);
  return { spec: build(scope, tree, body, places), diagnostics: scope.diagnostics };
}

/** Why a spec of another file cannot be extended: errors of its form and of its names. */
function errorsOf(tree: SpecTree, library: Library): readonly Diagnostic[] {
  const known = library.errors.get(tree);
  if (known !== undefined) return known;
  const { syntax = [] } = library.sourceOf(tree) ?? {};
  const own = syntax.filter(({ range }) => within(range, tree.range));
  const errors = [...own, ...resolve(tree, library).diagnostics].filter(
    ({ severity }) => severity === "error",
  );
  library.errors.set(tree, errors);
  return errors;
}

/** Enters every declared name, reporting those declared twice; returns where each was. */
function declare(scope: Scope, { statements, unread }: Body): Map<string, Name> {
  const places = new Map<string, Name>();
  for (const statement of statements) {
    const name = declaredName(statement);
    if (name === undefined) continue;
    const earlier = places.get(name.text);
    if (earlier) {
      const free = freeName(name.text, places);
      scope.report(
        duplicateName.declared(name.range, name.text, earlier.range, { statement: statement.range, free }),
      );
      continue;
    }
    places.set(name.text, name);
    const role = statement.kind === "stream" || statement.kind === "latent" ? statement.kind : "knob";
    scope.names.set(name.text, { role, range: name.range });
  }
  for (const { name } of unread)
    if (name && !scope.names.has(name.text)) scope.names.set(name.text, { role: "unread" });
  scope.hidesNames = unread.some(hidesName);
  return places;
}

/** The name with a number that makes it another than those declared. */
function freeName(name: string, taken: ReadonlyMap<string, Name>): string {
  let i = 2;
  while (taken.has(`${name}${i}`)) i++;
  return `${name}${i}`;
}

/** Words of statements that declare a name. */
const DECLARING = new Set(["modality", "target", "observe", "latent", "knob"]);

/** Whether a statement that could not be read may have declared a name that is not seen in it. */
const hidesName = ({ word, name }: Body["unread"][number]): boolean =>
  name === undefined && (word === undefined || DECLARING.has(word));

function build(scope: Scope, tree: SpecTree, { statements }: Body, places: ReadonlyMap<string, Name>): Spec {
  const of = <K extends Statement["kind"]>(kind: K): Extract<Statement, { kind: K }>[] =>
    statements.filter((statement): statement is Extract<Statement, { kind: K }> => statement.kind === kind);
  /** The first declaration of a name counts; the others are reported. */
  const first = <S extends { name: Name }>(found: S[]): S[] =>
    found.filter(({ name }) => places.get(name.text) === name);
  const present = <T>(values: (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

  const streams = first(of("stream"));
  const written = of("data").at(-1);
  const data = written && resolveData(scope, written);
  const resolved = resolveStreams(scope, streams);
  scope.streams = data?.options["standardise"] === true ? standardiseAll(resolved) : resolved;
  const roles = new Map(streams.map(({ name, role, range }) => [name.text, { role, range }]));
  const latents = first(of("latent")).map((statement) => resolveLatent(scope, statement, roles));
  scope.latents = wholeLatents(scope.streams, withoutCircles(scope, present(latents), places));
  for (const statement of of("missing")) resolveMissing(scope, statement);
  for (const statement of of("prior")) resolvePrior(scope, statement, scope.latents);
  checkUniformExperts(scope, first(of("latent")));
  for (const statement of of("share")) resolveShare(scope, statement);
  scope.knobs = present(first(of("knob")).map((statement) => resolveKnob(scope, statement)));
  for (const statement of of("network")) resolveNetwork(scope, statement);
  for (const statement of of("anneal")) resolveAnneal(scope, statement, scope.knobs);

  const training = of("train").at(-1);
  const spec: Spec = {
    name: tree.name.text,
    ...(tree.title ? { title: tree.title.value } : {}),
    ...(tree.doc !== undefined ? { doc: tree.doc } : {}),
    streams: scope.streams,
    latents: scope.latents,
    terms: withIds(
      present(
        statements.map((statement) =>
          statement.kind === "term"
            ? resolveTerm(scope, statement)
            : statement.kind === "separate"
              ? resolveSeparate(scope, statement)
              : undefined,
        ),
      ),
    ),
    knobs: scope.knobs,
    wants: of("want").flatMap((statement) => resolveWants(scope, statement)),
    networks: scope.networks,
    missing: scope.missing,
    training: training ? resolveTraining(scope, training) : defaultTraining,
    ...(data ? { data } : {}),
    range: tree.range,
  };
  checkFrozen(scope, spec, first(of("latent")));
  return spec;
}

/** Streams of the data, and those made from them, in the order written. */
function resolveStreams(scope: Scope, statements: readonly StreamStatement[]): Stream[] {
  const plain = new Map(
    statements.map((statement) => [
      statement,
      statement.derived ? undefined : resolveStream(scope, statement),
    ]),
  );
  const sources = [...plain.values()].filter((stream) => stream !== undefined);
  const made = new Set(statements.flatMap(({ derived, name }) => (derived ? [name.text] : [])));
  const all = statements
    .map((statement) =>
      statement.derived ? resolveDerived(scope, statement, sources, made) : plain.get(statement),
    )
    .filter((stream) => stream !== undefined);
  return withPresents(scope, all);
}

/** Those whose inputs, and the inputs of these, were all understood. */
function wholeLatents(streams: readonly Stream[], latents: readonly Latent[]): Latent[] {
  const known = new Set([...streams, ...latents].map(({ name }) => name));
  const whole = latents.filter(({ from, given }) => [...from, ...given].every((name) => known.has(name)));
  return whole.length === latents.length ? whole : wholeLatents(streams, whole);
}
