import { whole } from "../../core/language/number-text";
import { quoted } from "../../core/language/text";
import type { Across } from "../../core/train/inspect/messages";
import type { RunState } from "../../core/train/run-state";
import type { Samples } from "../../core/train/shown";
import type { Send } from "../connection";
import { useInspection } from "../inspecting";
import { Drawn } from "./drawn";
import { Words } from "./words";

/** Each stream decoded from what another tells the codes, and from draws of the priors. */
export function AcrossView({ state, send }: { state: RunState; send: Send }) {
  const found = useInspection({ kind: "across" }, state, send);
  return (
    <section class="card across" aria-label="Decoded from elsewhere">
      <h2>One stream from another, and from the priors</h2>
      {found === undefined ? (
        <p class="quiet">Waiting for the decoders.</p>
      ) : (
        <>
          {found.pairs.length === 0 && (
            <p class="quiet">
              No decoder can be fed from another stream alone: each reads a code that only its own stream
              gives, or that has no prior.
            </p>
          )}
          {found.pairs.map((pair) => (
            <Pair pair={pair} key={`${pair.from} ${pair.to}`} />
          ))}
          {found.priors.map(({ stream, codes, samples }) => (
            <div class="drawn-from" key={stream}>
              <h3>{stream} from the prior</h3>
              <Lines lines={[{ samples, label: `draws of ${quoted(codes)}` }]} />
            </div>
          ))}
          {found.without.map(({ stream, codes }) => (
            <p class="quiet" key={stream}>
              <Words
                text={`${stream} cannot be drawn from a prior: no term holds ${quoted(codes)} to one.`}
              />
            </p>
          ))}
          <p class="quiet">Decoders give means, so noise is not drawn. Step {whole(found.step)}.</p>
        </>
      )}
    </section>
  );
}

function Pair({ pair: { from, to, codes, given, truth, draws } }: { pair: Across["pairs"][number] }) {
  const by = (way: "stream" | "prior"): string[] =>
    codes.filter((one) => one.by === way).map(({ code }) => code);
  const [inferred, drawn] = [by("stream"), by("prior")];
  return (
    <div class="drawn-from">
      <h3>
        {to} given {from}
      </h3>
      <Lines
        lines={[
          ...given.map((samples) => ({ samples, label: `${from}, given` })),
          ...truth.map((samples) => ({ samples, label: `${to}, true` })),
          ...draws.map((samples, i) => ({ samples, label: i === 0 ? `${to}, decoded` : "another draw" })),
        ]}
      />
      <p class="quiet">
        <Words
          text={`${[
            ...(inferred.length > 0 ? [`${quoted(inferred)} inferred from ${from} alone`] : []),
            ...(drawn.length > 0 ? [`${quoted(drawn)} drawn from the prior`] : []),
          ].join(", ")}.`}
        />
      </p>
    </div>
  );
}

/** Rows of samples one below the other; words and numbers as a table. */
function Lines({ lines }: { lines: { samples: Samples; label: string }[] }) {
  return (
    <>
      {lines.map(({ samples, label }) => (
        <figure key={label}>
          {samples.kind === "pictures" ? (
            <Drawn pictures={samples} bytes={samples.original} label={label} />
          ) : (
            <ol
              class="decoded-texts"
              style={{ gridTemplateColumns: `repeat(${samples.original.length}, minmax(0, 1fr))` }}
            >
              {samples.original.map((text, i) => (
                <li key={i}>{text}</li>
              ))}
            </ol>
          )}
          <figcaption class="quiet">
            <Words text={label} />
          </figcaption>
        </figure>
      ))}
    </>
  );
}
