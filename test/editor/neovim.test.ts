/** The language server in a real Neovim, by the lines of the manual's page. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blocksOf, linesUnder, machine, wrongSide } from "./lines";

const version = spawnSync("nvim", ["--version"], { encoding: "utf8" });
const missing = version.status === 0 ? false : "nvim is missing";

/** The heading of the lines for the Neovim that is here. */
function heading(): string {
  const minor = Number(/v0\.(\d+)/.exec(version.stdout)?.[1] ?? 99);
  return minor < 8 ? "Neovim 0.7" : minor < 11 ? "Neovim 0.8 to 0.10" : "Neovim 0.11 and later";
}

/**
 * Opens the file, waits for its findings, asks for a hover and the formatting, fixes the text, runs the commands, and
 * writes what came. A step that fails ends it.
 */
const script = (result: string): string => `
local results = { shown = {} }
local function finish()
  local out = assert(io.open(${JSON.stringify(result)}, "w"))
  out:write(vim.json.encode(results))
  out:close()
  vim.cmd("qa!")
end
vim.defer_fn(finish, 30000)
local notify = vim.lsp.handlers["window/showMessage"]
vim.lsp.handlers["window/showMessage"] = function(error, message, ...)
  table.insert(results.shown, message.message)
  return notify(error, message, ...)
end
local function wait(condition) return vim.wait(10000, condition, 20) end

vim.cmd("edit a.bottleneck")
vim.schedule(function()
  if not wait(function() return #vim.diagnostic.get(0) > 0 end) then return finish() end
  results.diagnostics = vim.tbl_map(function(d) return { code = d.code, line = d.lnum } end, vim.diagnostic.get(0))
  local document = vim.lsp.util.make_text_document_params()
  local function ask(method, more)
    local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend("force", { textDocument = document }, more), 10000)
    for _, answer in pairs(answers or {}) do return answer.result end
  end
  local hover = ask("textDocument/hover", { position = { line = 1, character = 15 } })
  results.hover = hover and hover.contents.value
  results.edits = #(ask("textDocument/formatting", { options = { tabSize = 2, insertSpaces = true } }) or {})

  vim.api.nvim_buf_set_lines(0, 3, 4, true, { "  compress I(X; Z)" })
  wait(function() return #vim.diagnostic.get(0) == 0 end)
  results.lenses = vim.tbl_map(function(lens) return lens.command.title end, ask("textDocument/codeLens", {}) or {})
  vim.api.nvim_win_set_cursor(0, { 2, 3 })
  for _, command in ipairs({ "derive", "recognise", "preview", "export svg", "export pytorch" }) do
    local before = #results.shown
    vim.cmd("Bottleneck " .. command)
    wait(function() return #results.shown > before end)
  end
  local created = vim.fn.bufnr(vim.fn.getcwd() .. "/a.py")
  results.created = created > 0 and vim.api.nvim_buf_get_lines(created, 0, -1, true) or nil
  finish()
end)
`;

interface Results {
  diagnostics?: { code: string; line: number }[];
  hover?: string;
  edits?: number;
  lenses?: string[];
  shown: string[];
  created?: string[];
}

test(
  "the page's lines connect Neovim, and its commands run there",
  { skip: missing, timeout: 90_000 },
  () => {
    const { folder, env } = machine("a.bottleneck", wrongSide);
    try {
      const [lua, result] = [join(folder, "init.lua"), join(folder, "result.json")];
      writeFileSync(join(folder, "a_decoder.svg"), "mine");
      writeFileSync(lua, `${linesUnder(heading())}\n${linesUnder("Commands in Neovim")}\n${script(result)}`);
      const run = spawnSync("nvim", ["--headless", "--clean", "-n", "-c", `luafile ${lua}`], {
        encoding: "utf8",
        cwd: folder,
        timeout: 60_000,
        env,
      });
      assert.ok(existsSync(result), `Neovim wrote nothing: ${run.stdout}${run.stderr}`);
      const results = JSON.parse(readFileSync(result, "utf8")) as Results;
      const log = `${JSON.stringify(results, undefined, 2)}\n${run.stdout}${run.stderr}`;
      assert.deepEqual(
        results.diagnostics?.map(({ code, line }) => [code, line]),
        [["wrong-side", 3]],
        log,
      );
      assert.match(results.hover ?? "no hover", /vector\(size\)/);
      assert.ok((results.edits ?? 0) > 0, "the text is formatted");
      assert.deepEqual(results.lenses?.slice(0, 2), ["Preview", "L = R(Z) − D(X; Z)"], log);
      const [derived, method, preview, svg, pytorch] = results.shown;
      assert.equal(derived, "A: L = R(Z) − D(X; Z)", log);
      assert.match(method ?? "", /^A: Known as: /, log);
      assert.match(
        preview ?? "",
        /run in a terminal: bottleneck preview .*a\.bottleneck --spec A --serve$/,
        log,
      );
      assert.match(svg ?? "", /a_decoder\.svg already exists/, log);
      assert.equal(readFileSync(join(folder, "a_decoder.svg"), "utf8"), "mine");
      assert.equal(pytorch, "Exported `A` to a.py. Save the new file.", log);
      assert.match(results.created?.join("\n") ?? "", /import torch/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test("all lines for Neovim on the page are Lua", { skip: missing }, () => {
  const blocks = blocksOf("lua");
  assert.equal(blocks.length, 4);
  for (const lines of blocks) {
    const check = `assert(loadstring(${JSON.stringify(lines)}))`;
    const run = spawnSync("nvim", ["--headless", "--clean", "-n", "-c", `lua ${check}`, "-c", "qa!"], {
      encoding: "utf8",
    });
    assert.doesNotMatch(run.stderr, /Error/, `${lines}\n${run.stderr}`);
  }
});
