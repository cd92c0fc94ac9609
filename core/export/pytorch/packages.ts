/** The packages of networks of the user's own: what a file imports, and what it calls there. */

const NOTE = [
  "# Your own: Module(inputs, outputs) takes rows [N, inputs], or the words of a text by number [N, length] (then",
  "# `inputs` is the size of the vocabulary, and that number is not a word), and returns rows [N, outputs].",
];

const packageOf = (module: string): string => module.slice(0, module.lastIndexOf("."));

export class Packages {
  /** What the file calls each package. */
  private readonly names = new Map<string, string>();

  /**
   * @param modules by full name
   * @param taken names that the file has other uses for: a package of such a name is imported under another
   */
  constructor(
    private readonly modules: readonly string[],
    taken: ReadonlySet<string>,
  ) {
    for (const name of modules.map(packageOf)) {
      let own = taken.has(name.split(".")[0]!) ? `own_${name.replaceAll(".", "_")}` : name;
      while (taken.has(own)) own += "_";
      this.names.set(name, own);
    }
  }

  /** Names at the top of the file. */
  get tops(): string[] {
    return [...this.names.values()].map((name) => name.split(".")[0]!);
  }

  /** How the file reaches a module. */
  reach(module: string): string {
    const name = packageOf(module);
    return `${this.names.get(name)!}${module.slice(name.length)}`;
  }

  /** The imports of what the file uses; none where it uses none of the user's own. */
  imports(uses: (called: string) => boolean): string[] {
    const used = new Set(this.modules.filter((module) => uses(this.reach(module))).map(packageOf));
    if (used.size === 0) return [];
    const lines = [...used].sort().map((name) => {
      const own = this.names.get(name)!;
      return own === name ? `import ${name}` : `import ${name} as ${own}`;
    });
    return [[...NOTE, ...lines, ""].join("\n")];
  }
}
