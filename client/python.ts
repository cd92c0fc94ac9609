/** Choosing the Python whose PyTorch trains previews: found, tried, and confirmed by the person once. */
import * as vscode from "vscode";
import type { Home } from "./home";

/** What the Python extension exports, as far as it is used here. */
interface PythonExtension {
  environments?: { getActiveEnvironmentPath?(): { path?: unknown } };
}

const OTHER = "Another Python …";

/** Asks which Python to use, tries it, and writes it to the person's own settings once they agree. */
export async function choosePython(home: Home): Promise<void> {
  if (home.describePython === undefined)
    return void vscode.window.showErrorMessage("Bottleneck: no Python can be started in a browser.");
  if (!vscode.workspace.isTrusted)
    return void vscode.window.showErrorMessage(
      "Bottleneck: trust this workspace first. A Python of your choice runs programs.",
    );
  const command = await chosenCommand();
  if (command === undefined) return;
  const describe = home.describePython.bind(home, command);
  let found: string;
  try {
    const progress = { location: vscode.ProgressLocation.Notification, title: `Starting ${command} …` };
    found = await vscode.window.withProgress(progress, describe);
  } catch (error) {
    return void vscode.window.showErrorMessage(`Bottleneck: ${(error as Error).message}`);
  }
  const agreed = await vscode.window.showInformationMessage(
    `Train previews with ${found}?`,
    {
      modal: true,
      detail:
        'Bottleneck then starts this Python whenever a preview opens in a trusted workspace. Where the spec names a network of yours, `torch("package.Module")`, it imports that package from the workspace or from this Python, which runs its code.',
    },
    "Use it",
  );
  if (agreed === undefined) return;
  const preview = vscode.workspace.getConfiguration("bottleneck.preview");
  await preview.update("python", command, vscode.ConfigurationTarget.Global);
  await preview.update("executor", "torch", vscode.ConfigurationTarget.Global);
}

async function chosenCommand(): Promise<string | undefined> {
  const items = [...(await candidates()), { label: OTHER, description: "" }];
  const placeHolder = "The Python whose PyTorch trains previews";
  const item = await vscode.window.showQuickPick(items, { placeHolder });
  if (item?.label !== OTHER) return item?.label;
  const [file] = (await vscode.window.showOpenDialog({ openLabel: "Use this Python" })) ?? [];
  return file?.fsPath;
}

/** Pythons that the person is likely to mean, each once. */
async function candidates(): Promise<{ label: string; description: string }[]> {
  const [windows, env] = [process.platform === "win32", process.env];
  const within = (folder: string | undefined): string | undefined =>
    folder && (windows ? `${folder}\\python.exe` : `${folder}/bin/python`);
  const found: [string | undefined, string][] = [
    [await ofPythonExtension(), "the Python extension's choice"],
    [within(env["VIRTUAL_ENV"]), "the active environment"],
    [within(env["CONDA_PREFIX"]), "the active conda environment"],
    [windows ? "python" : "python3", "on the path"],
  ];
  const known = new Map<string, string>();
  for (const [label, description] of found)
    if (label !== undefined && label !== "" && !known.has(label)) known.set(label, description);
  return [...known].map(([label, description]) => ({ label, description }));
}

async function ofPythonExtension(): Promise<string | undefined> {
  try {
    const api = await vscode.extensions.getExtension<PythonExtension>("ms-python.python")?.activate();
    const path = api?.environments?.getActiveEnvironmentPath?.().path;
    return typeof path === "string" ? path : undefined;
  } catch {
    // An extension that does not start has no choice to offer.
    return undefined;
  }
}
