import type { SpecSummary } from "../../core/train/protocol";
import { Copy } from "./copy";
import { Formula } from "./formula";
import { Words } from "./words";

/** How the loss follows from the spec: both graphs, every bound with its reason, its side, its gap and what breaks it. */
export function Derivation({ summary }: { summary: Pick<SpecSummary, "loss" | "derivation"> }) {
  const { derivation } = summary;
  return (
    <div class="derivation">
      <section class="card">
        <h2>The loss</h2>
        <Formula latex={derivation.latex} text={summary.loss} />
        <p class="copies">
          <Copy text={summary.loss} what="as text" />
          <Copy text={derivation.latex} what="as LaTeX" />
        </p>
      </section>
      <div class="graphs">
        <Graph title="Encoder graph: compressed information" svg={derivation.encoderGraph} />
        <Graph title="Decoder graph: kept information" svg={derivation.decoderGraph} />
      </div>
      <ol class="steps">
        {derivation.steps.map((step) => (
          <li class="card" key={step.title}>
            <h2>{step.title}</h2>
            {step.latex !== undefined ? (
              <Formula latex={step.latex} text={step.formula ?? ""} />
            ) : (
              step.formula !== undefined && <p class="loss">{step.formula}</p>
            )}
            <p>
              <Words text={step.text} />
            </p>
            {step.proof !== undefined && (
              <>
                <p class="lead">{step.proof.lead}</p>
                <Formula latex={step.proof.latex} text={step.proof.formula} wrapped />
                <p>
                  <Words text={step.proof.by} />
                </p>
              </>
            )}
            {step.facts !== undefined && <Facts facts={step.facts} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Facts({ facts }: { facts: { name: string; text: string }[] }) {
  return (
    <dl class="facts">
      {facts.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Words text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Graph({ title, svg }: { title: string; svg: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {/* Made by core from names that the language allows, escaped there. */}
      <div class="graph" dangerouslySetInnerHTML={{ __html: svg }} />
    </section>
  );
}
