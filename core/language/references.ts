import type { Declaration, Reference, ReferenceRole } from "./declaration";
import type {
  BoundClause,
  Call,
  EachStatement,
  Name,
  SpecTree,
  Statement,
  Value,
  Variable,
  WeightedTerm,
} from "./tree";

/** Collects the uses of names in a spec's statements, and what is declared inside them. */
export class Namer {
  readonly references: Reference[] = [];
  /** `each` variables, and decoders named by `as`. */
  readonly declarations: Declaration[] = [];
  private readonly decoders = new Map<string, Declaration>();
  private readonly each: Declaration[] = [];
  private statement: Statement | undefined;

  constructor(
    private readonly spec: SpecTree,
    private readonly scope: ReadonlyMap<string, Declaration>,
  ) {}

  visit(statement: Statement): void {
    const outer = this.statement;
    this.statement = statement;
    this.visitInside(statement);
    this.statement = outer;
  }

  private visitInside(statement: Statement): void {
    switch (statement.kind) {
      case "stream":
        if (statement.derived) this.derivation(statement.derived);
        return;
      case "latent":
        this.names(statement.from, "input");
        this.names(statement.given, "condition");
        return;
      case "share":
        this.names(statement.names, "shared");
        return;
      case "prior":
        this.use(statement.name, "prior");
        this.names(statement.from ?? [], "condition");
        return;
      case "term":
        statement.terms.forEach((term) => this.term(term));
        return;
      case "separate":
        this.variable(statement.left);
        this.variable(statement.right);
        if (statement.weight) this.value(statement.weight, "weight");
        if (statement.bound) this.bound(statement.bound);
        return;
      case "want":
        for (const want of statement.wants) {
          this.names(want.of, "wanted");
          this.names(want.in, "within");
        }
        return;
      case "knob":
        this.value(statement.value, "weight");
        return;
      case "anneal":
        this.use(statement.name, "anneal");
        this.value(statement.from, "weight");
        return;
      case "network":
        this.names(statement.names, "network");
        return;
      case "missing":
        this.use(statement.name, "missing");
        return;
      case "drop":
        this.use(statement.name, "drop");
        return;
      case "each":
        this.eachStatement(statement);
        return;
      case "data":
      case "train":
        return;
    }
  }

  private eachStatement(statement: EachStatement): void {
    const { variable, domain, body } = statement;
    if (domain.kind === "names") this.names(domain.names, "domain");
    else this.value(domain, "domain");
    const declaration: Declaration = {
      name: variable.text,
      kind: "each",
      place: variable.range,
      spec: this.spec,
      statement,
    };
    this.declarations.push(declaration);
    this.each.push(declaration);
    this.visit(body);
    this.each.pop();
  }

  private term({ weight, term, bound, target }: WeightedTerm): void {
    if (weight) this.value(weight, "weight");
    const variables = term.kind === "functional" ? term.of : [...term.left, ...term.right, ...term.given];
    variables.forEach((variable) => this.variable(variable));
    if (bound) this.bound(bound);
    if (target) this.value(target.value, "target");
  }

  /** A bare word among a bound's arguments may be an option, as in `gaussian(learned)`; it is a use if it is declared. */
  private bound({ args, as }: BoundClause): void {
    for (const { name, value } of args) {
      if (name) continue;
      if (value.kind === "variable") this.variable(value);
      else if (value.kind !== "name") this.value(value, "bound");
      else if (this.find(value.text)) this.use(value, "bound");
    }
    if (as) this.decoder(as);
  }

  /** The first `as second` declares the decoder, the next ones use it. */
  private decoder(name: Name): void {
    const known = this.decoders.get(name.text);
    if (known) {
      this.refer(name, "decoder", known);
      return;
    }
    const declaration: Declaration = { name: name.text, kind: "decoder", place: name.range, spec: this.spec };
    if (this.statement) declaration.statement = this.statement;
    this.decoders.set(name.text, declaration);
    this.declarations.push(declaration);
  }

  /** `augment(X, crop)`: the stream stands first, other bare words are options; `same = L` names a stream. */
  private derivation({ args }: Call): void {
    args.forEach(({ name, value }, i) => {
      if (value.kind === "name" && (name ? name.text === "same" : i === 0)) this.use(value, "source");
    });
  }

  private variable({ name, subset }: Variable): void {
    this.use(name, "variable");
    this.names(subset ?? [], "subset");
  }

  private value(value: Value, role: ReferenceRole): void {
    switch (value.kind) {
      case "name":
        this.use(value, role);
        return;
      case "variable":
        this.variable(value);
        return;
      case "call":
        value.args.forEach((argument) => this.value(argument.value, role));
        return;
      case "binary":
        this.value(value.left, role);
        this.value(value.right, role);
        return;
      case "negation":
        this.value(value.value, role);
        return;
      case "list":
        value.items.forEach((item) => this.value(item, role));
        return;
      case "number":
      case "string":
        return;
    }
  }

  private names(names: readonly Name[], role: ReferenceRole): void {
    names.forEach((name) => this.use(name, role));
  }

  private use(name: Name, role: ReferenceRole): void {
    this.refer(name, role, this.find(name.text));
  }

  private find(name: string): Declaration | undefined {
    return this.each.findLast((declaration) => declaration.name === name) ?? this.scope.get(name);
  }

  private refer(name: Name, role: ReferenceRole, declaration: Declaration | undefined): void {
    const reference: Reference = { name: name.text, role, place: name.range };
    if (declaration) reference.declaration = declaration;
    if (this.statement) reference.statement = this.statement;
    this.references.push(reference);
  }
}
