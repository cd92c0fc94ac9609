import { useState } from "preact/hooks";

/** Puts a text on the clipboard, and says so. @param what is copied: `as LaTeX`, `the spec` */
export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setCopied(text));
  return <button onClick={copy}>{copied === text ? "Copied" : `Copy ${what}`}</button>;
}
