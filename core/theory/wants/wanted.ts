/** The codes and terms that meet what `want` lines ask for, beside what a spec has already. */
import type { Want as WrittenWant } from "../../language/tree";
import type { DerivedLoss } from "../derivation/loss";
import { lawOf } from "../laws/index";
import type { Spec, Want } from "../spec";
import { ancestors } from "../terms/roles";
import { BETA, knobsOf } from "../terms/scalar";
import { isCompressed, links, rebuildings } from "./duties";
import { isAsked, unmet } from "./intents";
import { Names } from "./names";

/** Coordinates of a code, where its inputs have as many values. */
const WIDTH = 8;

interface Code {
  name: string;
  /** The modalities it is inferred from, through other codes too. */
  reads: string[];
  /** Whether it is to be added. */
  fresh: boolean;
}

/** Codes are made by the first, and found by those after it: what is only to be reconstructed or predicted shares them. */
const order = ["shared", "private", "reconstruct", "predict"] as const;

/** The statements to add: none where every want is met, or nothing is wanted of a declared stream. */
export function wantedLines(wants: readonly WrittenWant[], loss: DerivedLoss): string[] {
  const asked = wants.map((want) => read(want));
  // A code that is only to forget is one of those made for the other wants, by its usual name.
  const making = asked.filter(({ intent }) => intent !== "forget");
  const plan = new Plan(
    loss,
    making.flatMap((want) => want.in),
  );
  for (const intent of order)
    for (const want of asked) if (want.intent === intent && !isMet(want, loss)) plan[intent](want);
  for (const want of asked) if (want.intent === "forget") plan.forget(want);
  return plan.lines();
}

const read = ({ intent, of, in: codes, range }: WrittenWant): Want => ({
  intent: intent.text as Want["intent"],
  of: of.map(({ text }) => text),
  in: codes.map(({ text }) => text),
  range,
});

/** Whether a want of declared names is met already. */
function isMet(want: Want, loss: DerivedLoss): boolean {
  const known = want.in.every((name) => loss.spec.latents.some((latent) => latent.name === name));
  return known && loss.spec.latents.length > 0 && unmet(want, loss) === undefined;
}

class Plan {
  private readonly codes: Code[];
  private readonly links: [string, string][] = [];
  /** Streams to decode, with the codes that they must be decoded from. */
  private readonly rebuilt = new Map<string, Set<string>>();
  private readonly predicted = new Map<string, string[]>();
  private readonly forgotten: { factor: string; codes: string[] }[] = [];
  private readonly names: Names;

  /** @param named codes that other wants name, declared or not */
  constructor(
    private readonly loss: DerivedLoss,
    named: readonly string[],
  ) {
    const { spec } = loss;
    const modalities = this.modalities();
    this.names = new Names(spec, named);
    this.codes = spec.latents.map(({ name }) => {
      const read = ancestors(spec, name);
      return { name, reads: modalities.filter((stream) => read.has(stream)), fresh: false };
    });
  }

  /** Codes of one stream each, linked; or one code of all of them that is decoded into each. */
  shared({ of, in: named }: Want): void {
    const streams = of.filter((name) => this.role(name) === "modality");
    if (streams.length < 2) return;
    const joint =
      named.length > 0
        ? named.length === streams.length
          ? []
          : named.map((name) => this.code(name, streams))
        : this.codes.filter(({ reads }) => streams.every((stream) => reads.includes(stream))).slice(0, 1);
    if (joint.length > 0) {
      for (const code of joint) for (const stream of streams) this.rebuild(stream, code.name);
      return;
    }
    const each = streams.map((stream, i) =>
      named[i] === undefined ? this.codeOf(stream).name : this.code(named[i], [stream]).name,
    );
    each.forEach((first, i) => {
      for (const second of each.slice(i + 1)) if (first !== second) this.link(first, second);
    });
  }

  /** A code of its own, decoded into the stream with those that read it too. */
  private({ of: [stream = ""], in: named }: Want): void {
    if (this.role(stream) !== "modality") return;
    const held = new Set([
      ...links(this.loss).flatMap(({ sides }) => sides.flat().map(({ name }) => name)),
      ...this.links.flat(),
    ]);
    const own = this.codes.find(({ name, reads }) => reads.includes(stream) && !held.has(name));
    if (named.length > 0) for (const name of named) this.rebuild(stream, this.code(name, [stream]).name);
    else this.rebuild(stream, (own ?? this.code(this.names.code("W", [stream]), [stream])).name);
  }

  reconstruct({ of: [stream = ""], in: named }: Want): void {
    if (this.role(stream) !== "modality") return;
    if (named.length > 0) for (const name of named) this.rebuild(stream, this.code(name, [stream]).name);
    else {
      const reader = this.codes.find(({ reads }) => reads.includes(stream)) ?? this.codeOf(stream);
      this.rebuild(stream, reader.name);
    }
  }

  /** From the codes that there are; else from one code of all other modalities. */
  predict({ of: [stream = ""], in: named }: Want): void {
    if (this.role(stream) === undefined) return;
    const sources = this.modalities().filter((name) => name !== stream);
    if (sources.length === 0) return;
    const able = this.codes.filter(({ reads }) => !reads.includes(stream));
    const from =
      named.length > 0
        ? // A code that another want makes reads what that one says.
          named.map((name) => this.codes.find((code) => code.name === name) ?? this.code(name, sources))
        : able.length > 0
          ? able
          : [this.code(this.names.code("Z", sources), sources)];
    this.predicted.set(
      stream,
      from.map(({ name }) => name),
    );
  }

  /** Makes no code: one that is only to forget keeps nothing. A stream decoded from it alone gets a second code. */
  forget({ of: [factor = ""], in: named }: Want): void {
    const forgetting = (name: string): boolean => named.length === 0 || named.includes(name);
    for (const stream of this.rebuilt.keys()) {
      const [reader, ...others] = this.codes.filter(({ reads }) => reads.includes(stream));
      if (reader !== undefined && others.length === 0 && forgetting(reader.name))
        this.code(this.names.code("W", [stream]), [stream]);
    }
    const codes = this.codes.filter(({ name }) => forgetting(name)).map(({ name }) => name);
    this.forgotten.push({ factor, codes });
  }

  lines(): string[] {
    const keeps = [
      ...this.links.map(([a, b]) => `I(${a}; ${b})`),
      ...[...this.predicted].map(([stream, from]) => `I(${stream}; ${from.join(", ")})`),
    ];
    const weight = this.weight();
    const rebuilds = [...this.rebuilt.keys()].map(
      (stream) => `${weight ? `${weight.name} * ` : ""}I(${stream}; ${this.decodedFrom(stream).join(", ")})`,
    );
    if (keeps.length + rebuilds.length === 0) return [];
    const used = this.codes.filter(
      ({ name, fresh }) =>
        fresh || (this.isUsed(name) && !isCompressed(this.loss, name) && this.isNoisy(name)),
    );
    return [
      ...this.codes.filter(({ fresh }) => fresh).map((code) => this.declared(code)),
      ...this.beta(keeps.length > 0),
      ...(weight?.fresh ? [`knob ${weight.name} = 0.02 in 0.001 .. 1 log`] : []),
      ...used.map(({ name, reads }) => `compress I(${reads.join(", ")}; ${name})`),
      ...this.unlearnt(),
      ...this.separations(),
      ...[...keeps, ...rebuilds].map((term) => `keep ${term}`),
    ];
  }

  private declared({ name, reads }: Code): string {
    const fusion = reads.length > 1 ? " by poe(prior)" : "";
    return `latent ${name} : gaussian(${this.width(reads)}) from ${reads.join(", ")}${fusion}`;
  }

  /** No wider than its inputs, nor than a code beside it that could otherwise lose to it what both may carry. */
  private width(reads: readonly string[]): number {
    const values = reads.reduce((sum, name) => sum + (this.streamOf(name)?.size ?? 0), 0);
    const beside = this.loss.spec.latents.filter(
      ({ name, law }) =>
        law.name !== "categorical" && reads.some((stream) => ancestors(this.loss.spec, name).has(stream)),
    );
    return Math.max(1, Math.min(WIDTH, values, ...beside.map(({ law }) => law.size)));
  }

  /** A loss with terms keeps its scale. */
  private beta(scored: boolean): string[] {
    const { terms, knobs } = this.loss.spec;
    if (terms.length > 0 || knobs.some(({ name }) => name === BETA)) return [];
    return [scored ? "knob beta = 32 in 0.1 .. 1024 log" : "knob beta = 1 in 0.01 .. 100 log"];
  }

  /** What multiplies a reconstruction, whose nats are many more than those of a link or of a label. */
  private weight(): { name: string; fresh: boolean } | undefined {
    const scored = this.links.length > 0 || this.predicted.size > 0 || links(this.loss).length > 0;
    if (!scored || this.rebuilt.size === 0) return undefined;
    const { knobs, terms } = this.loss.spec;
    const reading = rebuildings(this.loss).flatMap(({ term }) => knobsOf(term.weight));
    const used = new Set(terms.flatMap(({ weight }) => knobsOf(weight)));
    const known = knobs.find(({ name }) => name !== BETA && (reading.includes(name) || !used.has(name)));
    return known ? { name: known.name, fresh: false } : { name: this.names.free("w"), fresh: true };
  }

  /** Targets that a code is to forget are compressed in it. */
  private unlearnt(): string[] {
    const lines = this.forgotten.flatMap(({ factor, codes }) =>
      this.role(factor) === "target" ? codes.map((code) => `compress I(${factor}; ${code})`) : [],
    );
    const written = new Set(
      this.loss.spec.terms.filter(({ side }) => side === "compress").map(({ id }) => `compress ${id}`),
    );
    return [...new Set(lines)].filter((text) => !written.has(text));
  }

  /** A code that forgets beside one with a task of its own is kept apart from it, or it could carry that task's part. */
  private separations(): string[] {
    const tasked = new Set([...this.links.flat(), ...[...this.predicted.values()].flat()]);
    const pairs = [...this.rebuilt.keys()].flatMap((stream) => {
      const from = this.decodedFrom(stream);
      return this.forgotten.flatMap(({ codes }) =>
        from
          .filter((code) => codes.includes(code) && !tasked.has(code))
          .flatMap((code) =>
            from.filter((other) => tasked.has(other)).map((other) => `separate ${other}, ${code}`),
          ),
      );
    });
    return [...new Set(pairs)];
  }

  private isUsed(name: string): boolean {
    return (
      this.links.flat().includes(name) ||
      [...this.predicted.values()].flat().includes(name) ||
      [...this.rebuilt.keys()].some((stream) => this.decodedFrom(stream).includes(name))
    );
  }

  private isNoisy(name: string): boolean {
    const latent = this.loss.spec.latents.find((one) => one.name === name);
    return latent !== undefined && !lawOf(latent.law.name).deterministic;
  }

  /** The codes that read a stream, and those that must be decoded into it without reading it. */
  private decodedFrom(stream: string): string[] {
    const must = this.rebuilt.get(stream) ?? new Set();
    return this.codes
      .filter(({ name, reads }) => must.has(name) || reads.includes(stream))
      .map(({ name }) => name);
  }

  private rebuild(stream: string, code: string): void {
    if (isAsked(this.loss, stream, [code])) return;
    this.rebuilt.set(stream, (this.rebuilt.get(stream) ?? new Set()).add(code));
  }

  private link(first: string, second: string): void {
    const same = (names: readonly string[]): boolean => names.includes(first) && names.includes(second);
    const exists = links(this.loss).some(({ sides }) => same(sides.flat().map(({ name }) => name)));
    if (!exists && !this.links.some(same)) this.links.push([first, second]);
  }

  /** The code of one stream alone: one that there is, or a new one. */
  private codeOf(stream: string): Code {
    const alone = this.codes.find(({ reads }) => reads.length === 1 && reads[0] === stream);
    return alone ?? this.code(this.names.code("Z", [stream]), [stream]);
  }

  /** The code of a name; a new one is inferred from these streams too. */
  private code(name: string, streams: readonly string[]): Code {
    const known = this.codes.find((code) => code.name === name);
    if (known?.fresh)
      known.reads = this.modalities().filter((one) => known.reads.includes(one) || streams.includes(one));
    if (known) return known;
    const code = { name, reads: this.modalities().filter((one) => streams.includes(one)), fresh: true };
    this.codes.push(code);
    return code;
  }

  private modalities(): string[] {
    return this.loss.spec.streams.filter(({ role }) => role === "modality").map(({ name }) => name);
  }

  private role(name: string): Spec["streams"][number]["role"] | undefined {
    return this.streamOf(name)?.role;
  }

  private streamOf(name: string): Spec["streams"][number] | undefined {
    return this.loss.spec.streams.find((stream) => stream.name === name);
  }
}
