import js from "@eslint/js";
import typescript from "typescript-eslint";

/**
 * Imports go one way: client, webview, cli, server -> services -> core; within core, train -> program -> theory ->
 * language. `program/expression`, `program/program` and `program/traverse` are leaves that theory may use.
 */
const layer = (files, forbidden) => ({
  files,
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: forbidden.map(([group, message, allowTypeImports = false]) => ({
          group,
          message,
          allowTypeImports,
        })),
      },
    ],
  },
});

const editor = ["vscode", "vscode-*", "vscode-*/**"];
const machine = ["node:*", "fs", "path", "os", "child_process", "worker_threads", "http", "ws"];
const above = [
  "**/services/**",
  "**/server/**",
  "**/client/**",
  "**/webview/**",
  "**/cli/**",
  "**/trainer/**",
];
const core = [
  [editor, "core knows no editor"],
  [machine, "core reaches files, time and processes through what it is handed"],
  [["@tensorflow/*"], "a backend is handed to core, never imported by it", true],
  [above, "core imports nothing above it"],
];

export default typescript.config(
  {
    ignores: ["node_modules", "dist", "test/output", "core/train/executors/wasm/kernels", "**/generated.ts"],
  },
  js.configs.recommended,
  ...typescript.configs.strict,
  {
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["scripts/**", "cli/**", "test/**"], rules: { "no-console": "off" } },
  {
    files: ["scripts/**/*.mjs", "*.js"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        setTimeout: "readonly",
        fetch: "readonly",
      },
    },
  },
  {
    files: ["core/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...[
          "window",
          "document",
          "navigator",
          "process",
          "Buffer",
          "fetch",
          "setTimeout",
          "setInterval",
          "performance",
        ].map((name) => ({ name, message: "core is handed what it needs" })),
      ],
    },
  },
  layer(
    ["core/*.ts", "core/train/**/*.ts", "core/data/**/*.ts", "core/views/**/*.ts", "core/export/**/*.ts"],
    core,
  ),
  layer(
    ["core/program/**/*.ts"],
    [...core, [["**/train/**", "**/data/**"], "program does not know who carries it out"]],
  ),
  layer(
    ["core/theory/**/*.ts", "core/catalogue/**/*.ts"],
    [
      ...core,
      [
        ["**/train/**", "**/data/**", "**/views/**", "!**/recognition/views", "**/export/**"],
        "theory knows neither numbers nor files",
      ],
      [
        ["**/program/*", "!**/program/expression", "!**/program/program", "!**/program/traverse"],
        "theory writes expressions and compiles none",
      ],
    ],
  ),
  layer(
    ["core/language/**/*.ts"],
    [
      ...core,
      [
        ["**/theory/**", "**/program/**", "**/train/**", "**/data/**", "**/views/**", "**/export/**"],
        "the language knows only text",
      ],
    ],
  ),
  layer(
    ["services/**/*.ts"],
    [
      [["vscode", "vscode-languageclient", "vscode-languageclient/**"], "services know no editor"],
      [["**/server/**", "**/client/**", "**/webview/**", "**/cli/**"], "services import core alone"],
    ],
  ),
  layer(
    ["cli/**/*.ts", "trainer/**/*.ts", "server/**/*.ts"],
    [
      [
        ["**/client/**", "**/webview/**", "!**/webview/page"],
        "thin fronts stand beside each other, on core and services",
      ],
    ],
  ),
  layer(
    ["webview/**/*.ts", "webview/**/*.tsx"],
    [
      [[...editor, ...machine], "the panel is a page"],
      [["**/client/**", "**/cli/**", "**/server/**"], "the panel stands on core"],
    ],
  ),
);
