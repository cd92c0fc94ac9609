/**
 * The commands of the editor. `node scripts/manual.mjs` writes them into package.json; the extension must carry out each
 * (`client/start.ts` does not compile otherwise). To add one, add its line here and what it does there.
 */

export interface EditorCommand {
  id: string;
  /** As the command palette shows it, after "Bottleneck:". */
  title: string;
  /** What it does, in one sentence. */
  doc: string;
  /** Name of a codicon. */
  icon?: string;
  /** Whether it works on the spec at the cursor, and so is offered only where a spec is being edited. */
  onSpec: boolean;
  /** Whether the title bar of an editor has a button for it. */
  inTitle?: boolean;
  /** Whether it makes a file, and so is offered by File > New File too. */
  inNewFile?: boolean;
  key?: { key: string; mac: string };
}

export const editorCommands = [
  {
    id: "bottleneck.newSpec",
    title: "New Spec",
    doc: "Asks for data, streams and what must survive, and writes a spec that trains at once.",
    icon: "new-file",
    onSpec: false,
    inNewFile: true,
  },
  {
    id: "bottleneck.openExample",
    title: "Open Example",
    doc: "Opens a copy of one of the examples.",
    icon: "library",
    onSpec: false,
  },
  {
    id: "bottleneck.preview",
    title: "Preview a Spec",
    doc: "Trains the spec at the cursor in a panel beside its text, and shows the information that each code keeps and discards.",
    icon: "play",
    onSpec: true,
    inTitle: true,
    key: { key: "ctrl+k v", mac: "cmd+k v" },
  },
  {
    id: "bottleneck.openStudies",
    title: "Open Studies",
    doc: "Opens the preview of the spec at the cursor at its studies: how much data it needs, which value a knob should have, what would break it.",
    icon: "beaker",
    onSpec: true,
  },
  {
    id: "bottleneck.showDerivation",
    title: "Show the Derivation",
    doc: "Shows step by step how the loss of the spec at the cursor follows from its terms.",
    icon: "symbol-operator",
    onSpec: true,
  },
  {
    id: "bottleneck.showTable",
    title: "Periodic Table",
    doc: "Shows the published losses ordered by the information that they compress and keep, together with the open spec.",
    icon: "table",
    onSpec: false,
  },
  {
    id: "bottleneck.export",
    title: "Export…",
    doc: "Writes the spec at the cursor in an export format and to a file of your choice.",
    icon: "export",
    onSpec: true,
  },
  {
    id: "bottleneck.choosePython",
    title: "Choose a Python for Previews",
    doc: "Trains previews with the PyTorch of a Python that you choose, on its GPU where it has one.",
    onSpec: false,
  },
  {
    id: "bottleneck.installWebGpu",
    title: "Install WebGPU for Previews",
    doc: "Installs the package webgpu (130 MB) into the extension's storage, so that previews can train on the GPU without Python.",
    onSpec: false,
  },
  {
    id: "bottleneck.installH5wasm",
    title: "Install HDF5 for Large Files",
    doc: "Installs the package h5wasm (15 MB) into the extension's storage, so that HDF5 files beyond 2 GiB are read by range.",
    onSpec: false,
  },
  {
    id: "bottleneck.showLanguage",
    title: "Show the Language",
    doc: "Opens the manual's page of the statements of a spec.",
    icon: "book",
    onSpec: false,
  },
  {
    id: "bottleneck.restartServer",
    title: "Restart the Language Server",
    doc: "Restarts the language server, in case it does not respond.",
    onSpec: false,
  },
] as const satisfies readonly EditorCommand[];

export type EditorCommandId = (typeof editorCommands)[number]["id"];
