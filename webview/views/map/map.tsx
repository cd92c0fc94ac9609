import { whole } from "../../../core/language/number-text";
import type { SpecSummary } from "../../../core/train/protocol";
import type { RunState } from "../../../core/train/run-state";
import type { Send } from "../../connection";
import { useInspection, useRemembered } from "../../inspecting";
import { Choice } from "../choice";
import { useCode } from "../code-choice";
import { coloursOf } from "./colouring";
import { Legend } from "./legend";
import { Opened } from "./opened";
import { Points } from "./points";

interface Props {
  summary: SpecSummary;
  state: RunState;
  send: Send;
}

const PLAIN = "var(--soft)";

/** Held-out samples as points, by one code; a click opens a sample. */
export function MapView({ summary, state, send }: Props) {
  const { code, choice } = useCode("map", summary);
  const [by, colour] = useRemembered<string | undefined>("map colour", undefined);
  const [lit, light] = useRemembered<number | undefined>("map class", undefined);
  const [row, open] = useRemembered<number | undefined>("map row", undefined);
  const map = useInspection({ kind: "map", code }, state, send);
  const opened = useInspection(row === undefined ? undefined : { kind: "sample", code, row }, state, send);
  const factor = map?.factors.find((one) => one.factor === by) ?? map?.factors[0];
  return (
    <>
      <section class="card" aria-label="Map of a code">
        <h2 title="Each point is a held-out sample, placed by the mean of its code along the two directions in which the means vary most (principal component analysis).">
          Map of a code
        </h2>
        <div class="choices">
          {choice}
          {factor !== undefined && (
            <Choice
              label="coloured by"
              options={map!.factors.map((one) => ({ value: one.factor, text: one.factor }))}
              value={factor.factor}
              choose={(name) => {
                colour(name);
                light(undefined);
              }}
            />
          )}
        </div>
        {map?.code === code ? (
          <>
            {factor !== undefined && <Legend by={factor} lit={lit} light={light} />}
            <Points
              map={map}
              colours={factor ? coloursOf(factor) : map.rows.map(() => PLAIN)}
              lit={map.rows.map(
                (_, i) => lit === undefined || factor?.classes === undefined || factor.values[i] === lit,
              )}
              opened={row}
              beside={opened?.row === row ? (opened?.neighbours.rows ?? []) : []}
              open={open}
            />
            <p class="quiet">
              {sharesText(map.shares)} Step {whole(map.step)}.
            </p>
          </>
        ) : (
          <p class="quiet empty-map">Waiting for the codes of the held-out samples.</p>
        )}
      </section>
      {opened !== undefined && opened.row === row && (
        <Opened sample={opened} summary={summary} open={open} close={() => open(undefined)} />
      )}
    </>
  );
}

/** How much of the code the picture shows. */
function sharesText([across = 0, up]: readonly number[]): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  if (up === undefined) return "The code has one coordinate, from left to right; the height means nothing.";
  if (across + up === 0) return "The means do not vary: the code is the same for every sample.";
  return `The picture shows ${percent(across + up)} of the variance of the means: ${percent(across)} from left to right, ${percent(up)} from top to bottom.`;
}
