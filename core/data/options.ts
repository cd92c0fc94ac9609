import { DataError, type DataRequest } from "./dataset";

/** What a number may be. */
interface NumberRange {
  whole: boolean;
  least: number;
  most: number;
  fallback: number;
}

/** Reads the options of a `data` statement one by one, then refuses those that nothing read. */
export class Options {
  private readonly known = new Set<string>();

  constructor(private readonly request: DataRequest) {}

  /**
   * An integer option of at least `least`; `fallback` when absent.
   * @throws DataError about the option
   */
  integer(name: string, least: number, fallback: number): number {
    const value = this.take(name);
    if (value === undefined) return fallback;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
      throw this.fault(name, value, `a whole number of at least ${least}`);
    }
    return value;
  }

  /**
   * A number within a range, whole where it has to be; `fallback` when absent.
   * @throws DataError about the option
   */
  number(name: string, { whole, least, most, fallback }: NumberRange): number {
    const value = this.take(name);
    if (value === undefined) return fallback;
    const fits =
      typeof value === "number" &&
      (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
      value >= least &&
      value <= most;
    if (!fits) throw this.fault(name, value, `a ${whole ? "whole " : ""}number from ${least} to ${most}`);
    return value;
  }

  /**
   * A text option, or undefined when absent.
   * @throws DataError about the option
   */
  text(name: string): string | undefined {
    return this.written(name, "a text in quotes");
  }

  /**
   * Texts: one, or a list of them; none when absent.
   * @throws DataError about the option
   */
  texts(name: string): string[] {
    const value = this.take(name);
    const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const texts = list.filter((one) => typeof one === "string" && one !== "") as string[];
    if (texts.length < list.length) throw this.fault(name, value!, "a text in quotes, or a list of them");
    return texts;
  }

  /**
   * The name of a field, as a plain word or in quotes, or undefined when absent.
   * @throws DataError about the option
   */
  field(name: string): string | undefined {
    return this.written(name, "the name of a field");
  }

  /** Whether the statement has the option. */
  has(name: string): boolean {
    return Object.hasOwn(this.request.options, name);
  }

  /** The file or generator that the statement names. */
  get source(): string {
    return this.request.source;
  }

  /**
   * `true` or `false`; false when absent.
   * @throws DataError about the option
   */
  flag(name: string): boolean {
    const value = this.take(name) ?? false;
    if (typeof value !== "boolean") throw this.fault(name, value, "true or false");
    return value;
  }

  /** @throws DataError about the first option that nothing asked for */
  refuseOthers(): void {
    for (const name of Object.keys(this.request.options)) {
      if (this.known.has(name)) continue;
      const list = [...this.known].join(", ");
      throw new DataError(
        `data "${this.request.source}" does not have an option ${name}`,
        `Its options are ${list}.`,
        {
          kind: "option",
          name,
        },
      );
    }
  }

  private written(name: string, wanted: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value === "") throw this.fault(name, value, wanted);
    return value;
  }

  private take(name: string): DataRequest["options"][string] | undefined {
    this.known.add(name);
    return this.has(name) ? this.request.options[name] : undefined;
  }

  private fault(name: string, value: unknown, wanted: string): DataError {
    return new DataError(`${name} = ${JSON.stringify(value)} is not ${wanted}`, `Set ${name} to ${wanted}.`, {
      kind: "option",
      name,
    });
  }
}
