/** How a page saves a text as a file: by the editor's dialog, or as a download of a browser tab. */
import { editor, type Send } from "./connection";

export const saver =
  (send: Send) =>
  (name: string, type: string, text: string): void => {
    if (editor === undefined) download(name, type, text);
    else send({ kind: "saveText", name, text });
  };

function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
