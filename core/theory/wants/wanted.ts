/** A graph and terms that meet the `want` lines of a spec that has nothing else yet. */
import type { Name, SpecTree, StreamStatement, Want } from "../../language/tree";
import { plainNumber } from "../../language/plain";
import { BETA } from "../terms/scalar";

/** Coordinates of a code, where its input has as many values. */
const WIDTH = 8;

interface Code {
  name: string;
  stream: string;
  width: number;
}

/** The statements to add; none where there are latents or terms already, or nothing is wanted of a declared modality. */
export function wantedLines(tree: SpecTree): string[] {
  const { statements } = tree;
  if (tree.extension || statements.some(({ kind }) => kind === "latent" || kind === "term")) return [];
  const wants = statements.flatMap((statement) => (statement.kind === "want" ? statement.wants : []));
  const streams = statements.filter((statement) => statement.kind === "stream");
  const plan = new Plan(
    streams,
    new Set(statements.flatMap((statement) => ("name" in statement ? [statement.name.text] : []))),
  );
  for (const want of wants) plan.read(want);
  plan.makeRoom(wants);
  return plan.lines();
}

class Plan {
  private readonly shared = new Map<string, Code>();
  private readonly own = new Map<string, Code>();
  private readonly links: [string, string][] = [];
  private readonly rebuilt = new Set<string>();
  private readonly predicted: { target: string; codes: string[] }[] = [];
  private readonly forgotten: { target: string; codes: string[] }[] = [];

  constructor(
    private readonly streams: readonly StreamStatement[],
    private readonly taken: Set<string>,
  ) {}

  read({ intent, of, in: codes }: Want): void {
    const names = of.map(({ text }) => text);
    const modalities = names.filter((name) => this.role(name) === "modality");
    if (intent.text === "shared" && modalities.length > 1) {
      const given = codes.length === modalities.length ? codes : [];
      modalities.forEach((stream, i) => this.code(this.shared, "Z", stream, given[i]));
      modalities.forEach((first, i) => {
        for (const second of modalities.slice(i + 1)) this.links.push([first, second]);
      });
    } else if (intent.text === "private" && modalities.length === 1) {
      this.code(this.own, "W", modalities[0]!, codes.length === 1 ? codes[0] : undefined);
      this.rebuilt.add(modalities[0]!);
    } else if (intent.text === "reconstruct" && modalities.length === 1) this.rebuilt.add(modalities[0]!);
    else if (intent.text === "predict" && names.length === 1 && this.role(names[0]!) === "target")
      this.predicted.push({ target: names[0]!, codes: codes.map(({ text }) => text) });
    else if (intent.text === "forget" && names.length === 1 && this.role(names[0]!) === "target")
      this.forgotten.push({ target: names[0]!, codes: codes.map(({ text }) => text) });
  }

  /** Codes that the wants read so far leave out: of what is only rebuilt or predicted, and of what is to be forgotten. */
  makeRoom(wants: readonly Want[]): void {
    for (const stream of this.rebuilt) if (!this.own.has(stream)) this.code(this.shared, "Z", stream);
    if (this.predicted.length > 0 && this.shared.size === 0)
      for (const { role, name } of this.streams)
        if (role === "modality") this.code(this.shared, "Z", name.text);
    const forgetting = wants.filter(({ intent }) => intent.text === "forget");
    for (const stream of this.rebuilt) {
      const code = this.shared.get(stream);
      const forgets = forgetting.some(
        ({ in: codes }) => codes.length === 0 || codes.some(({ text }) => text === code?.name),
      );
      if (code && forgets) this.code(this.own, "W", stream);
    }
  }

  lines(): string[] {
    const codes = [...this.shared.values(), ...this.own.values()];
    if (codes.length === 0) return [];
    const linked = this.links.length > 0;
    const weighed = (linked || this.predicted.length > 0) && this.rebuilt.size > 0;
    const w = weighed ? this.free("w") : undefined;
    const of = (stream: string): string[] =>
      [this.shared.get(stream), this.own.get(stream)].flatMap((code) => (code ? [code.name] : []));
    const known = (names: readonly string[]): string[] =>
      names.filter((name) => codes.some((code) => code.name === name));
    const sharedNames = [...this.shared.values()].map(({ name }) => name);
    return [
      ...codes.map(({ name, stream, width }) => `latent ${name} : gaussian(${width}) from ${stream}`),
      ...(this.taken.has(BETA)
        ? []
        : [
            linked || this.predicted.length > 0
              ? `knob beta = 32 in 0.1 .. 1024 log`
              : `knob beta = 1 in 0.01 .. 100 log`,
          ]),
      ...(w ? [`knob ${w} = 0.02 in 0.001 .. 1 log`] : []),
      ...codes.map(({ name, stream }) => `compress I(${stream}; ${name})`),
      ...this.forgotten.flatMap(({ target, codes: asked }) =>
        (known(asked).length > 0 ? known(asked) : sharedNames).map(
          (code) => `compress I(${target}; ${code})`,
        ),
      ),
      ...this.links.map(([a, b]) => `keep I(${this.shared.get(a)!.name}; ${this.shared.get(b)!.name})`),
      ...this.predicted.map(({ target, codes: asked }) => {
        const from = known(asked).length > 0 ? known(asked) : sharedNames;
        return `keep I(${target}; ${from.join(", ")})`;
      }),
      ...[...this.rebuilt].map(
        (stream) => `keep ${w ? `${w} * ` : ""}I(${stream}; ${of(stream).join(", ")})`,
      ),
    ];
  }

  private role(name: string): StreamStatement["role"] | undefined {
    return this.streams.find((stream) => stream.name.text === name)?.role;
  }

  private code(codes: Map<string, Code>, letter: string, stream: string, asked?: Name): void {
    if (codes.has(stream)) return;
    const suffix = stream.length === 1 ? stream.toLowerCase() : `_${stream}`;
    const name = this.free(asked?.text ?? letter + suffix);
    codes.set(stream, { name, stream, width: Math.min(WIDTH, this.values(stream)) });
  }

  private free(name: string): string {
    let free = name;
    for (let i = 2; this.taken.has(free); i++) free = `${name}${i}`;
    this.taken.add(free);
    return free;
  }

  /** How many values a sample of the stream has. */
  private values(stream: string): number {
    const sizes = this.streams.find(({ name }) => name.text === stream)?.type?.args ?? [];
    return sizes.reduce((product, { value }) => product * (plainNumber(value) ?? 1), 1);
  }
}
