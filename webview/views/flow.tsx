import { useRef } from "preact/hooks";
import type { SpecSummary } from "../../core/train/protocol";
import { accentClass } from "../colours";
import { Discarded } from "./discarded";
import { useEased } from "../eased";
import { flowOf } from "../flow";
import type { Box, FlowNumbers, Ribbon } from "../flow/drawing";
import { layoutFor } from "../flow/layout";
import { useWidth } from "../width";
import type { Send } from "../connection";
import { latest } from "../../core/train/curves";
import { heldOutOf, type RunState } from "../../core/train/run-state";
import { nats } from "../../core/language/number-text";

interface Props {
  summary: SpecSummary;
  state: RunState;
  /** Ids of the terms at the cursor of the text. */
  lit: readonly string[];
  send: Send;
}

/** The signature picture: what flows from the streams into the codes, and what it serves. */
export function Flow({ summary, state, lit, send }: Props) {
  const eased = useEased(numbersOf(summary, state));
  const svg = useRef<SVGSVGElement>(null);
  const layout = layoutFor(useWidth(svg));
  const { longest } = layout;
  const drawing = flowOf(summary, eased, nats, layout);
  const started = Object.keys(state.rates).length > 0;
  return (
    <section class="card">
      <h2>Flow of information</h2>
      <svg
        ref={svg}
        class="flow"
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="group"
        aria-label="Flow of information from streams through codes to kept information"
      >
        {drawing.ribbons.map((ribbon) => (
          <RibbonPath
            key={ribbon.key}
            ribbon={ribbon}
            lit={ribbon.term !== undefined && lit.includes(ribbon.term)}
            send={send}
          />
        ))}
        {drawing.modalities.map((box) => (
          <BoxShape key={box.name} box={box} kind="modality" longest={longest} send={send} />
        ))}
        {drawing.codes.map((box) => (
          <g key={box.name} class={accentClass(box.code!)}>
            <BoxShape box={box} kind="code" longest={longest} send={send} />
            {box.coordinates.map((segment, i) => (
              <rect
                key={i}
                class="coordinate"
                x={box.x}
                width={box.width}
                y={segment.y}
                height={Math.max(0, segment.height - 0.8)}
              />
            ))}
            <Title box={box} longest={longest} />
            <text class="detail middle" y={box.y + box.height + 13}>
              <Lines lines={detailLines(box.detail, longest)} x={box.x + box.width / 2} />
            </text>
          </g>
        ))}
        {drawing.served.map((box) => (
          <BoxShape key={box.title} box={box} kind="served" longest={longest} send={send} />
        ))}
      </svg>
      <Discarded summary={summary} state={state} />
      <details>
        <summary>As a table</summary>
        <table>
          <tbody>
            {drawing.ribbons.map((ribbon) => (
              <tr key={ribbon.key}>
                <td>{ribbon.title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p class="quiet">
        {started
          ? "The height of a code is its rate: at most this much information passes through it. The width of a link is a lower bound on the information that it carries; a thin line marks a log-likelihood, whose amount of information is not known."
          : "Heights appear when training starts."}
      </p>
    </section>
  );
}

function numbersOf(summary: SpecSummary, state: RunState): FlowNumbers {
  const terms: Record<string, number> = {};
  for (const { id } of summary.terms) {
    const value = heldOutOf(state)?.terms[id] ?? latest(state.curves.terms[id]);
    if (value !== undefined) terms[id] = value;
  }
  return { rates: state.rates, terms };
}

/** A title above its box: names that are linked stand on lines of their own where one has no room for both. */
function Title({ box, longest }: { box: Box; longest: number }) {
  const parts =
    box.title.length > longest ? box.title.split(/(?<=\u2194 |, |^\w+:? )/).filter(Boolean) : [box.title];
  const lines = parts.length > 2 ? [parts.slice(0, -1).join(""), parts.at(-1)!] : parts;
  return (
    <text class="title" y={box.y - 8 - 13 * (lines.length - 1)}>
      <Lines
        lines={lines.map((line) => (line.length > longest ? `${line.slice(0, longest - 1)}\u2026` : line))}
        x={box.x + box.width / 2}
      />
    </text>
  );
}

/** What is below a code: on two lines where it would reach into the columns beside it. */
function detailLines(detail: string, longest: number): string[] {
  const at = detail.indexOf(", ");
  return at < 0 || detail.length <= 2 * longest ? [detail] : [detail.slice(0, at + 1), detail.slice(at + 2)];
}

const Lines = ({ lines, x }: { lines: string[]; x: number }) => (
  <>
    {lines.map((line, i) => (
      <tspan key={i} x={x} dy={i === 0 ? 0 : 13}>
        {line}
      </tspan>
    ))}
  </>
);

interface BoxProps {
  box: Box;
  kind: "modality" | "code" | "served";
  longest: number;
  send: Send;
}

function BoxShape({ box, kind, longest, send }: BoxProps) {
  const reveal = (): void => send({ kind: "reveal", name: box.name });
  return (
    <g
      class={`box ${kind}`}
      tabindex={0}
      role="button"
      aria-label={`${box.title}: ${box.detail}. Show in the text.`}
      onClick={reveal}
      onKeyDown={(event) => event.key === "Enter" && reveal()}
    >
      <title>{[box.title, box.detail, box.meaning].filter(Boolean).join(". ")}</title>
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={4} />
      {kind !== "code" && (
        <>
          <Title box={box} longest={longest} />
          <text class="detail middle inside" x={box.x + box.width / 2} y={box.y + box.height / 2 + 4}>
            {box.detail}
          </text>
        </>
      )}
    </g>
  );
}

function RibbonPath({ ribbon, lit, send }: { ribbon: Ribbon; lit: boolean; send: Send }) {
  const { from, to } = ribbon;
  const middle = (from.x + to.x) / 2;
  const path =
    `M ${from.x} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${to.x} ${to.y}` +
    ` v ${to.height} C ${middle} ${to.y + to.height}, ${middle} ${from.y + from.height}, ${from.x} ${from.y + from.height} Z`;
  const { term } = ribbon;
  const reveal = (): void => {
    if (term !== undefined) send({ kind: "reveal", name: term });
  };
  const accent = ribbon.code === undefined ? "accent-joint" : accentClass(ribbon.code);
  return (
    <path
      class={`ribbon ${accent} ${ribbon.unknown ? "unknown" : ""} ${lit ? "lit" : ""}`}
      d={path}
      tabindex={0}
      role={term === undefined ? "img" : "button"}
      aria-label={term === undefined ? ribbon.title : `${ribbon.title}. Show in the text.`}
      onClick={reveal}
      onKeyDown={(event) => event.key === "Enter" && reveal()}
    >
      <title>{ribbon.title}</title>
    </path>
  );
}
