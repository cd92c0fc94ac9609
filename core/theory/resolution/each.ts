/** `each V in X, Y: keep I(V; Z)`: the statement once for every name, or for every subset of some. */
import type { Call, EachDomain, EachStatement, Name, Statement, TermStatement } from "../../language/tree";
import { tooManyTerms } from "../faults/too-many-terms";
import { wrongArguments } from "../faults/wrong-arguments";
import { subsets } from "../fusions/mopoe";
import { renamed, spliced } from "./rewrite";
import type { Term } from "../spec";
import type { Scope } from "./scope";
import { plainNumber } from "../../language/plain";

/** A term that was written out from `each S in sample(...)`. */
export type DrawnTerm = TermStatement & Pick<Term, "drawn">;

/** More copies than this are a mistake, not a spec. */
const MOST_COPIES = 1000;

/** More streams than this have too many subsets. */
const MOST_STREAMS = 8;

export function expandEach(scope: Scope, statement: Statement): Statement[] {
  if (statement.kind !== "each") return [statement];
  const count = copiesOf(statement);
  if (count > MOST_COPIES) {
    scope.report(tooManyTerms.copies(statement.range, count, MOST_COPIES));
    return [];
  }
  return written(scope, statement).flatMap((one) => expandEach(scope, one));
}

/** How many statements an `each` is. */
const copiesOf = (statement: Statement): number =>
  statement.kind === "each" ? sizeOf(statement.domain) * copiesOf(statement.body) : 1;

function sizeOf(domain: EachDomain): number {
  if (domain.kind === "names") return domain.names.length;
  const [first] = domain.args;
  if (domain.name.text === "sample") return first?.value.kind === "call" ? sizeOf(first.value) : 0;
  return domain.args.length > MOST_STREAMS ? 0 : 2 ** domain.args.length - 1;
}

function written(scope: Scope, { domain, variable, body }: EachStatement): Statement[] {
  if (domain.kind === "names")
    return domain.names.map((name) => renamed(body, new Map([[variable.text, name.text]])));
  const word = domain.name.text;
  const [first, second] = domain.args;
  if (word === "subsets")
    return allSubsets(scope, domain)?.map((names) => spliced(body, variable.text, names)) ?? [];
  if (word !== "sample") {
    scope.unknownWord(domain.name, "domain of `each`", ["subsets", "sample"]);
    return [];
  }
  const inner = first?.value.kind === "call" && first.value.name.text === "subsets" ? first.value : undefined;
  const all = inner && allSubsets(scope, inner);
  const count = second && plainNumber(second.value);
  if (inner !== undefined && all === undefined) return [];
  if (all === undefined || domain.args.length !== 2 || !isCount(count, all.length)) {
    scope.report(wrongArguments.sample(domain.range, all?.length));
    return [];
  }
  if (body.kind !== "term") {
    scope.report(wrongArguments.sampledStatement(body.range));
    return [];
  }
  return all.map((names, index): DrawnTerm => ({
    ...spliced(body, variable.text, names),
    drawn: { name: variable.text, index, of: all.length, count },
  }));
}

const isCount = (count: number | undefined, most: number): count is number =>
  count !== undefined && Number.isInteger(count) && count >= 1 && count <= most;

function allSubsets(scope: Scope, { args, range }: Call): Name[][] | undefined {
  const names = args.flatMap(({ name, value }) =>
    name === undefined && value.kind === "name" ? [value] : [],
  );
  if (names.length !== args.length || names.length === 0 || names.length > MOST_STREAMS) {
    return scope.report(wrongArguments.subsets(range, MOST_STREAMS));
  }
  return subsets(names.map(({ text }) => text)).map((texts) =>
    texts.map((text) => names.find((name) => name.text === text)!),
  );
}
