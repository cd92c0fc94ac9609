/** Random trees and texts for the language's property tests. */
import fc from "fast-check";
import type * as Tree from "../../core/language/tree";
import { changeWords } from "../../core/language/words";

const range = { start: 0, end: 0 };
type Bare<T> = T extends unknown ? Omit<T, "range"> : never;
const node = <T extends { range: unknown }>(bare: Bare<T>): T => ({ ...bare, range }) as unknown as T;

/** Optional fields are left out rather than undefined, as the parser does. */
const record = <T extends object>(
  fields: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> },
  needed: (keyof T)[],
) => fc.record(fields, { requiredKeys: needed }) as unknown as fc.Arbitrary<T>;

/** Names, among them words of the grammar: those may be names too. */
const words = [
  "X",
  "Y",
  "Zx",
  "beta",
  "w",
  "I",
  "keep",
  "prior",
  "from",
  "log",
  "spec",
  "Größe",
  "x_1",
  "H",
  "train",
];
const name: fc.Arbitrary<Tree.Name> = fc
  .constantFrom(...words)
  .map((text) => node<Tree.Name>({ kind: "name", text }));
const names = fc.array(name, { minLength: 1, maxLength: 3 });
const hyphenated: fc.Arbitrary<Tree.Name> = fc
  .constantFrom("kl", "density-ratio", "infonce", "one-way-street")
  .map((text) => node<Tree.Name>({ kind: "name", text }));
const text = fc.string({ maxLength: 8 }).map((value) => value.replace(/[\r\n]/g, ""));
const string = text.map((value) => node<Tree.StringValue>({ kind: "string", value }));
const number = fc
  .constantFrom("0", "8", "0.5", ".25", "1e-3", "1024", "2.5E+7")
  .map((written) => node<Tree.NumberValue>({ kind: "number", value: Number(written), text: written }));

const subset = fc.option(fc.array(name, { maxLength: 2 }), { nil: undefined });
const variable = fc
  .tuple(name, subset)
  .map(([of, within]) =>
    node<Tree.Variable>({ kind: "variable", name: of, ...(within ? { subset: within } : {}) }),
  );
const variables = fc.array(variable, { minLength: 1, maxLength: 3 });

const { value, call } = fc.letrec<{ value: Tree.Value; call: Tree.Call; argument: Tree.Argument }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    number,
    name,
    string,
    tie("call"),
    variable.filter((of) => of.subset !== undefined),
    fc
      .record({ operator: fc.constantFrom("+", "-", "*", "/"), left: tie("value"), right: tie("value") })
      .map((parts) => node<Tree.Binary>({ kind: "binary", ...parts } as Bare<Tree.Binary>)),
    tie("value").map((inner) => node<Tree.Negation>({ kind: "negation", value: inner })),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => node<Tree.List>({ kind: "list", items })),
  ),
  argument: record<Tree.Argument>({ name, value: tie("value"), range: fc.constant(range) }, [
    "value",
    "range",
  ]),
  call: fc
    .record({ name, args: fc.array(tie("argument"), { maxLength: 2 }) })
    .filter(({ name: of }) => of.text !== "from")
    .map((parts) => node<Tree.Call>({ kind: "call", ...parts })),
}));
/** A call without arguments is a name where a value stands. */
const valueOf = value.map(normal);
const callOf = call.map((of) => ({
  ...of,
  args: of.args.map((argument) => ({ ...argument, value: normal(argument.value) })),
}));

function normal(of: Tree.Value): Tree.Value {
  switch (of.kind) {
    case "call":
      if (of.args.length === 0) return of.name;
      return { ...of, args: of.args.map((argument) => ({ ...argument, value: normal(argument.value) })) };
    case "binary":
      return { ...of, left: normal(of.left), right: normal(of.right) };
    case "negation":
      return { ...of, value: normal(of.value) };
    case "list":
      return { ...of, items: of.items.map(normal) };
    default:
      return of;
  }
}

const information: fc.Arbitrary<Tree.InformationTerm> = fc.oneof(
  fc
    .record({ left: variables, right: variables, given: fc.array(variable, { maxLength: 2 }) })
    .map((parts) => node<Tree.MutualInformation>({ kind: "information", ...parts })),
  fc
    .record({
      functional: fc.constantFrom("TC" as const, "gap" as const, "H" as const),
      of: variables,
      each: fc.boolean(),
    })
    .map((parts) =>
      node<Tree.Functional>({ kind: "functional", ...parts, each: parts.each && parts.functional === "gap" }),
    ),
);
const flag = fc
  .constantFrom("one-way", "fast")
  .map((written) => node<Tree.Name>({ kind: "name", text: written }));
const bound = record<Tree.BoundClause>(
  {
    name: hyphenated,
    args: callOf.map((of) => of.args),
    flags: fc.array(flag, { maxLength: 2 }),
    as: name,
    range: fc.constant(range),
  },
  ["name", "args", "flags", "range"],
);
const target = fc
  .record({
    mode: fc.constantFrom("at" as const, "below" as const, "floor" as const),
    value: valueOf,
    each: fc.boolean(),
  })
  .map(({ each, ...parts }) =>
    node<Tree.Target>({ ...parts, ...(each && parts.mode === "floor" ? { each: node<Tree.Each>({}) } : {}) }),
  );
const weighted = record<Tree.WeightedTerm>(
  { weight: valueOf, term: information, bound, target, range: fc.constant(range) },
  ["term", "range"],
);
const setting = fc.record({ name, value: valueOf }).map((parts) => node<Tree.Setting>(parts));
const settings = fc.array(setting, { maxLength: 9 });

const unit = fc.constantFrom("epochs" as const, "steps" as const);
const length = fc.record({ value: valueOf, unit }).map((parts) => node<Tree.Length>(parts));

const transform = record<Tree.Transform>(
  {
    kind: fc.constant("transform" as const),
    name: fc.constantFrom(...changeWords).map((text) => node<Tree.Name>({ kind: "name", text })),
    between: fc.record({ low: valueOf, high: valueOf }),
    range: fc.constant(range),
  },
  ["kind", "name", "range"],
);

const plainStatement: fc.Arbitrary<Tree.Statement> = fc.oneof(
  record<Omit<Tree.StreamStatement, "derived">>(
    {
      kind: fc.constant("stream" as const),
      role: fc.constantFrom("modality", "target", "observe"),
      name,
      type: callOf,
      field: fc.oneof(name, string),
      fieldTo: string,
      transforms: fc.array(transform, { minLength: 1, maxLength: 3 }),
      doc: fc.constant("Documentation\n\nof / a stream."),
      range: fc.constant(range),
    },
    ["kind", "role", "name", "type", "range"],
  ).map(({ fieldTo, ...stream }) => (stream.field && fieldTo ? { ...stream, fieldTo } : stream)),
  fc
    .tuple(
      name,
      callOf.filter((of) => of.args.length > 0),
    )
    .map(([of, derived]) =>
      node<Tree.StreamStatement>({ kind: "stream", role: "modality", name: of, derived }),
    ),
  record<Tree.LatentStatement>(
    {
      kind: fc.constant("latent" as const),
      name,
      law: callOf,
      from: names,
      fusion: callOf,
      given: fc.array(name, { maxLength: 2 }),
      frozen: fc.constant<Tree.Name>({ kind: "name", text: "frozen", range }),
      doc: fc.constant("A code."),
      range: fc.constant(range),
    },
    ["kind", "name", "law", "from", "given", "range"],
  ),
  names.map((of) => node<Tree.ShareStatement>({ kind: "share", names: of })),
  fc.tuple(name, callOf).map(([of, law]) => node<Tree.PriorStatement>({ kind: "prior", name: of, law })),
  fc.tuple(name, names).map(([of, from]) => node<Tree.PriorStatement>({ kind: "prior", name: of, from })),
  record<Tree.TermStatement>(
    {
      kind: fc.constant("term" as const),
      side: fc.constantFrom("compress", "keep"),
      label: name,
      terms: fc.array(weighted, { minLength: 1, maxLength: 3 }),
      doc: fc.constant(""),
      range: fc.constant(range),
    },
    ["kind", "side", "terms", "range"],
  ),
  record<Tree.SeparateStatement>(
    {
      kind: fc.constant("separate" as const),
      left: variable,
      right: variable,
      weight: valueOf,
      bound,
      doc: fc.constant("Apart."),
      range: fc.constant(range),
    },
    ["kind", "left", "right", "range"],
  ),
  fc
    .array(
      fc
        .record({ intent: name, of: names, in: fc.array(name, { maxLength: 2 }) })
        .map((parts) => node<Tree.Want>(parts)),
      { minLength: 1, maxLength: 3 },
    )
    .map((wants) => node<Tree.WantStatement>({ kind: "want", wants })),
  fc
    .record({
      name,
      value: valueOf,
      ends: fc.option(fc.tuple(valueOf, valueOf), { nil: undefined }),
      log: fc.boolean(),
    })
    .map(({ ends, ...parts }) =>
      node<Tree.KnobStatement>({ kind: "knob", ...parts, ...(ends ? { from: ends[0], to: ends[1] } : {}) }),
    ),
  record<Omit<Tree.AnnealStatement, "doc">>(
    {
      kind: fc.constant("anneal" as const),
      name,
      from: valueOf,
      over: valueOf,
      unit,
      after: length,
      hold: length,
      repeat: fc
        .option(valueOf, { nil: undefined })
        .map((count) => node<Tree.Repeat>(count === undefined ? {} : { count })),
      range: fc.constant(range),
    },
    ["kind", "name", "from", "over", "unit", "range"],
  ),
  fc
    .record({
      role: fc.constantFrom("encoder" as const, "decoder" as const, "critic" as const),
      names,
      network: callOf,
    })
    .map((parts) => node<Tree.NetworkStatement>({ kind: "network", ...parts })),
  fc
    .tuple(string, settings)
    .map(([source, of]) => node<Tree.DataStatement>({ kind: "data", source, settings: of })),
  settings.map((of) => node<Tree.TrainStatement>({ kind: "train", settings: of })),
  fc
    .tuple(name, valueOf)
    .map(([of, rate]) => node<Tree.MissingStatement>({ kind: "missing", name: of, rate })),
  name.map((of) => node<Tree.DropStatement>({ kind: "drop", name: of })),
);

const domain: fc.Arbitrary<Tree.EachDomain> = fc.oneof(
  names.map((of) => ({ kind: "names" as const, names: of, range })),
  callOf.filter((of) => of.args.length > 0),
);
const statement: fc.Arbitrary<Tree.Statement> = fc.oneof(
  { weight: 9, arbitrary: plainStatement },
  {
    weight: 1,
    arbitrary: fc
      .record({ variable: name, domain, body: plainStatement })
      .map((parts) => node<Tree.EachStatement>({ kind: "each", ...parts })),
  },
);

const extension = fc
  .record({ base: name, renames: fc.array(fc.record({ from: name, to: name }), { maxLength: 2 }) })
  .map((parts) => node<Tree.Extension>(parts));
const spec = record<Tree.SpecTree>(
  {
    kind: fc.constant("spec" as const),
    name,
    title: string,
    doc: fc.constant("What this is for."),
    extension,
    statements: fc.array(statement, { maxLength: 6 }),
    unread: fc.constant([]),
    body: fc.constant(range),
    range: fc.constant(range),
  },
  ["kind", "name", "statements", "unread", "body", "range"],
);

/** Any tree that a text without errors can have; all places are 0. */
export const anyTree: fc.Arbitrary<Tree.FileTree> = record<Tree.FileTree>(
  {
    kind: fc.constant("file" as const),
    version: fc.constant(node<Tree.NumberValue>({ kind: "number", value: 1, text: "1" })),
    uses: fc.array(
      string.map((path) => node<Tree.UseStatement>({ kind: "use", path })),
      { maxLength: 2 },
    ),
    specs: fc.array(spec, { maxLength: 3 }),
    comments: fc.constant([]),
    range: fc.constant(range),
  },
  ["kind", "uses", "specs", "comments", "range"],
);

/** A tree without its places and comments, to compare meanings. */
export function meaning(tree: unknown): unknown {
  const isPlace = (key: string, inner: unknown): boolean =>
    key === "range" || key === "comments" || (key === "body" && Object.hasOwn(inner as object, "start"));
  return JSON.parse(JSON.stringify(tree, (key, inner: unknown) => (isPlace(key, inner) ? undefined : inner)));
}
