// A reporter for node:test: failures in full, skips by name, and a JSON line that scripts/test.mjs reads.
import { relative } from "node:path";

const describe = (error) => {
  const cause = error?.cause ?? error;
  const text = cause?.stack ?? String(cause);
  return text.replace(/^/gm, "    ");
};

export default async function* reporter(source) {
  const totals = { passed: 0, failed: 0, skipped: [], errors: [] };
  for await (const { type, data } of source) {
    // What happened after a test had ended, or outside of any.
    if (type === "test:diagnostic" && /^(Error|Warning): /.test(data.message))
      totals.errors.push(data.message);
    if (type !== "test:pass" && type !== "test:fail") continue;
    // The tests of a skipped suite are not reported.
    if (data.details?.type === "suite" && data.skip === undefined) continue;
    const place = data.file ? relative(process.cwd(), data.file) : "";
    if (data.skip !== undefined) totals.skipped.push({ name: data.name, reason: String(data.skip) });
    else if (type === "test:pass") totals.passed += 1;
    else if (data.details?.error?.failureType !== "subtestsFailed") {
      totals.failed += 1;
      yield `\n  FAILED ${data.name}  (${place}:${data.line ?? 0})\n${describe(data.details?.error)}\n`;
    }
  }
  yield `\n@totals ${JSON.stringify(totals)}\n`;
}
