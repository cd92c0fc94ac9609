/** How severe an editor is asked to show each code: `bottleneck.severity` of its settings. */
import type { Severity } from "../core/language/diagnostic";

/** A level for each code that has one of its own. */
export type Severities = Readonly<Record<string, Severity | "off">>;

const levels: readonly string[] = ["hint", "information", "warning", "error", "off"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param setting as an editor sends it; other values are left out */
export const severitiesOf = (setting: unknown): Severities =>
  isObject(setting)
    ? (Object.fromEntries(
        Object.entries(setting).filter(([, level]) => typeof level === "string" && levels.includes(level)),
      ) as Severities)
    : {};

/** What the settings of an editor say, as it sends them when they change. */
export const severitySetting = (settings: unknown): unknown =>
  isObject(settings) && isObject(settings["bottleneck"]) ? settings["bottleneck"]["severity"] : undefined;

/** The level to show; an error stays one. Undefined where it is not to be shown. */
export function shownSeverity(
  severities: Severities,
  code: string,
  severity: Severity,
): Severity | undefined {
  const level = Object.hasOwn(severities, code) ? severities[code] : undefined;
  if (severity === "error" || level === undefined) return severity;
  return level === "off" ? undefined : level;
}
