import js from "@eslint/js";
import typescript from "typescript-eslint";
import { layersRule } from "./scripts/layers.mjs";

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
  { files: ["scripts/**", "examples/**", "cli/**", "test/**"], rules: { "no-console": "off" } },
  {
    files: ["scripts/**/*.mjs", "examples/**/*.mjs", "*.js"],
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
  {
    files: ["{core,services,server,client,trainer,webview,cli}/**/*.{ts,tsx}"],
    plugins: { layers: { rules: { imports: layersRule } } },
    rules: { "layers/imports": "error" },
  },
);
