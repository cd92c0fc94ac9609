/** The language server over standard input and output in a real Neovim. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inSpec } from "../services/fixture";

const root = fileURLToPath(new URL("../..", import.meta.url));
const server = join(root, "dist", "server", "node.js");
const missing = spawnSync("nvim", ["--version"]).status === 0 ? false : "nvim is missing";

/** Starts the server on the file, waits for its findings, asks for a hover and a fix, and writes what came. */
const script = (file: string, result: string): string => `
local results = {}
local function finish()
  local out = assert(io.open(${JSON.stringify(result)}, "w"))
  out:write(vim.json.encode(results))
  out:close()
  vim.cmd("qa!")
end
vim.defer_fn(finish, 20000)

vim.cmd("edit " .. ${JSON.stringify(file)})
local id = vim.lsp.start_client({ name = "bottleneck", cmd = { ${JSON.stringify(server)} }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, id)

local asked = false
vim.api.nvim_create_autocmd("DiagnosticChanged", {
  callback = function()
    local found = vim.diagnostic.get(0)
    if asked or #found == 0 then return end
    asked = true
    results.diagnostics = vim.tbl_map(function(d) return { code = d.code, line = d.lnum, message = d.message } end, found)
    local document = vim.lsp.util.make_text_document_params()
    vim.lsp.buf_request(0, "textDocument/hover", { textDocument = document, position = { line = 1, character = 15 } }, function(_, hover)
      results.hover = hover and hover.contents.value
      vim.lsp.buf_request(0, "textDocument/formatting", { textDocument = document, options = { tabSize = 2, insertSpaces = true } }, function(_, edits)
        results.edits = #(edits or {})
        finish()
      end)
    end)
  end,
})
`;

test("diagnostics, hover and formatting arrive in Neovim", { skip: missing, timeout: 60_000 }, () => {
  assert.ok(existsSync(server), "dist/server/node.js is missing: run `npm run build`");
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-nvim-"));
  try {
    const [file, lua, result] = ["a.bottleneck", "init.lua", "result.json"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(
      file,
      inSpec(
        "modality X : vector(4)",
        "latent Z : gaussian(2) from X",
        "compress I(X; Z) by infonce",
        "keep   I(X; Z)",
      ),
    );
    writeFileSync(lua, script(file, result));
    chmodSync(server, 0o755);
    const run = spawnSync("nvim", ["--headless", "--clean", "-n", "-c", `luafile ${lua}`], {
      encoding: "utf8",
      cwd: folder,
      timeout: 40_000,
      env: { ...process.env, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder },
    });
    assert.ok(existsSync(result), `Neovim wrote nothing: ${run.stdout}${run.stderr}`);
    const {
      diagnostics = [],
      hover,
      edits,
    } = JSON.parse(readFileSync(result, "utf8")) as {
      diagnostics?: { code: string; line: number; message: string }[];
      hover?: string;
      edits?: number;
    };
    assert.deepEqual(
      diagnostics.map(({ code, line }) => [code, line]),
      [["wrong-side", 3]],
    );
    assert.match(hover ?? "no hover", /vector\(size\)/);
    assert.ok((edits ?? 0) > 0, "the text is formatted");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
