/** The language server in a real Emacs with eglot, by the lines of the manual's page. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linesUnder, machine, wrongSide } from "./lines";

const arguments_ = ["--batch", "--no-init-file", "--funcall", "package-initialize"];
const missing =
  spawnSync("emacs", [...arguments_, "--eval", "(require 'eglot)"]).status === 0
    ? false
    : "emacs with eglot is missing";

/** Opens the file, waits for its findings, asks for the formatting, and runs what the menu of code actions offers. */
const script = (result: string): string => `
(require 'json)
(defvar results nil)
(defun keep (name value) (push (cons name value) results))
(defun wait (condition)
  (let ((end (+ (float-time) 15)))
    (while (and (not (funcall condition)) (< (float-time) end)) (accept-process-output nil 0.05))))
(defvar told nil)
(advice-add 'message :before (lambda (text &rest more) (when text (push (apply #'format text more) told))))

(find-file "a.bottleneck")
(run-hooks 'post-command-hook)
(wait (lambda () (eglot-current-server)))
(wait (lambda () (flymake-diagnostics)))
(keep 'diagnostics
  (vconcat (mapcar (lambda (found) (vector (line-number-at-pos (flymake-diagnostic-beg found)) (flymake-diagnostic-text found)))
          (flymake-diagnostics))))
(goto-char (point-min))
(search-forward " by infonce")
(replace-match "")
(eglot-format-buffer)
(keep 'formatted (buffer-string))
(eglot--signal-textDocument/didChange)
(goto-char (point-min))
;; A menu is for a mouse, and nothing has been pressed in a batch.
(setq last-nonmenu-event ?x)
(defun choose (title)
  (cl-letf (((symbol-function 'completing-read) (lambda (&rest _) title)))
    (call-interactively #'eglot-code-actions))
  (accept-process-output nil 0.5))
(dolist (title '("Show the derivation" "Name the method" "Preview" "Export: PyTorch module")) (choose title))
(keep 'told (vconcat (nreverse told)))
(with-temp-file ${JSON.stringify(result)} (insert (json-encode results)))
`;

interface Results {
  diagnostics: [line: number, text: string][];
  formatted: string;
  told: string[];
}

test(
  "the page's lines connect Emacs, and its menu has the commands",
  { skip: missing, timeout: 90_000 },
  () => {
    const { folder, env } = machine("a.bottleneck", wrongSide);
    try {
      const [lines, result] = [join(folder, "lines.el"), join(folder, "result.json")];
      writeFileSync(lines, `${linesUnder("Emacs")}\n${script(result)}`);
      const run = spawnSync("emacs", [...arguments_, "--load", lines], {
        encoding: "utf8",
        cwd: folder,
        timeout: 60_000,
        env,
      });
      assert.ok(existsSync(result), `Emacs wrote nothing: ${run.stdout}${run.stderr}`);
      const { diagnostics, formatted, told } = JSON.parse(readFileSync(result, "utf8")) as Results;
      assert.equal(diagnostics.length, 1);
      assert.equal(diagnostics[0]![0], 4);
      assert.match(formatted, /\n {2}keep I\(X; Z\)\n/);
      const log = told.join("\n");
      for (const shown of [
        /A: L = R\(Z\) − D\(X; Z\)/,
        /A: Known as: /,
        /run in a terminal: bottleneck preview .*a\.bottleneck --spec A --serve/,
        /run in a terminal: bottleneck export .*a\.bottleneck --spec A --to pytorch --output .*a\.py|Exported `A` to a\.py/,
      ])
        assert.match(log, shown);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
