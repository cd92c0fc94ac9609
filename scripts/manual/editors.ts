/** The page of editors other than VS Code. test/editor takes the lines for Neovim 0.7 and Emacs from it and runs them. */
import { serverCommands } from "../../services/execute";
import { blocks, code, fenced, link, page, table } from "./markdown";

const server = "bottleneck-language-server";

const neovimTypes = `vim.filetype.add({ extension = { bottleneck = "bottleneck" } })`;

/** Neovim 0.7 knows no types of files by `vim.filetype`, and has no `vim.lsp.start`, which finds the running server. */
const neovim7 = `local bottleneck
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = "*.bottleneck",
  callback = function(event)
    vim.bo[event.buf].filetype = "bottleneck"
    bottleneck = bottleneck or vim.lsp.start_client({
      name = "bottleneck",
      cmd = { "${server}", "--stdio" },
      root_dir = vim.fn.getcwd(),
      on_exit = function() bottleneck = nil end,
    })
    vim.lsp.buf_attach_client(event.buf, bottleneck)
  end,
})`;

const neovim8 = `${neovimTypes}
vim.api.nvim_create_autocmd("FileType", {
  pattern = "bottleneck",
  callback = function()
    vim.lsp.start({
      name = "bottleneck",
      cmd = { "${server}", "--stdio" },
      root_dir = vim.fn.getcwd(),
    })
  end,
})`;

const neovim11 = `${neovimTypes}
vim.lsp.config("bottleneck", {
  cmd = { "${server}", "--stdio" },
  filetypes = { "bottleneck" },
  root_markers = { ".git" },
})
vim.lsp.enable("bottleneck")`;

const neovimCommand = `vim.api.nvim_create_user_command("Bottleneck", function(given)
  local argument = vim.lsp.util.make_position_params(0, "utf-16")
  argument.target = given.fargs[2]
  local command = "bottleneck.server." .. given.fargs[1]
  vim.lsp.buf_request(0, "workspace/executeCommand", { command = command, arguments = { argument } })
end, {
  nargs = "+",
  complete = function() return { "derive", "recognise", "export pytorch", "preview" } end,
})`;

const helix = `[[language]]
name = "bottleneck"
scope = "source.bottleneck"
file-types = ["bottleneck"]
comment-token = "//"
indent = { tab-width = 2, unit = "  " }
language-servers = ["bottleneck"]

[language-server.bottleneck]
command = "${server}"
args = ["--stdio"]`;

const emacs = `(define-derived-mode bottleneck-mode prog-mode "Bottleneck"
  (setq-local comment-start "// "))
(add-to-list 'auto-mode-alist '("\\\\.bottleneck\\\\'" . bottleneck-mode))
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(bottleneck-mode . ("${server}" "--stdio"))))
(add-hook 'bottleneck-mode-hook #'eglot-ensure)`;

export const editorsPage = (): string =>
  page(
    "# Other editors",
    `The language server works in every editor that has the language server protocol: errors with fixes, completion, hover, the derived loss, definition, rename, formatting, export. In the folder of the project, this line installs it as ${code(server)}, and the command line as ${code("bottleneck")}:`,
    fenced("npm pack && npm install --global bottleneck-*.tgz", "sh"),
    blocks(
      "## Commands",
      `The editor runs them with ${code("workspace/executeCommand")}. In an editor that shows code lenses, they are above each spec. In every editor they are among the code actions on the line of ${code("spec")}.`,
      table(
        ["Command", "Description"],
        serverCommands.map(({ id, doc }) => [code(id), doc]),
      ),
      `Each has one argument, ${code('{ "textDocument": { "uri": "file:///…" } }')}, which may also contain ${code("spec")}, the name of a spec, or ${code("position")}, a place in it. Without either, the first spec of the file is meant. The file must be open. The answer is ${code('{ "text": "…" }')}, or ${code('{ "error": "…" }')} with the reason; the editor shows the same.`,
    ),
    blocks("## Neovim 0.7", fenced(neovim7, "lua")),
    blocks("## Neovim 0.8 to 0.10", fenced(neovim8, "lua")),
    blocks("## Neovim 0.11 and later", fenced(neovim11, "lua")),
    blocks(
      "## Commands in Neovim",
      `These lines add ${code(":Bottleneck derive")}, ${code(":Bottleneck recognise")}, ${code(":Bottleneck export pytorch")} and ${code(":Bottleneck preview")} for the spec at the cursor, in every version. Neovim 0.7 cannot open a page for a server: it shows the loss on one line.`,
      fenced(neovimCommand, "lua"),
    ),
    blocks(
      "## Helix",
      `In ${code("~/.config/helix/languages.toml")}, for Helix 23.10 and later. The commands are in the menu of ${code("Space a")} on the line of ${code("spec")}.`,
      fenced(helix, "toml"),
    ),
    blocks(
      "## Emacs",
      `With ${code("eglot")}, which is part of Emacs 29 and a package before it. The commands are in the menu of ${code("M-x eglot-code-actions")} on the line of ${code("spec")}.`,
      fenced(emacs, "elisp"),
    ),
    link("The manual", "README.md"),
  );
