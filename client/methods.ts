/** The texts of the catalogue's methods, to read: nothing that is written there would change a method. */
import * as vscode from "vscode";

const scheme = "bottleneck-method";

/** Address of their folder, as the server is given it. */
export const methodTexts = `${scheme}:/`;

/** Lets the editor open them. @param extension where the extension is installed */
export const showMethodTexts = (extension: vscode.Uri): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      const [, name] = /^\/([\w-]+\.bottleneck)$/.exec(path) ?? [];
      if (name === undefined) return undefined;
      const file = vscode.Uri.joinPath(extension, "core", "catalogue", name);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    },
  });
