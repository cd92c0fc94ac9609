import { render } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { FromEditor, WorkerOrder } from "../core/train/page-protocol";
import { PROTOCOL_VERSION, type FromHost } from "../core/train/protocol";
import { connect, editor, onShowPage, type PanelChannel, type Send } from "./connection";
import { LOST, whyNotNow } from "./controls";
import { keepPage, keepTarget, keptPage } from "./kept-page";
import { pages } from "./pages/index";
import { initialState, receive, type PanelState } from "./state";
import { Derivation } from "./views/derivation";
import { Dock } from "./views/dock";
import { Executors } from "./views/executors";
import { Findings } from "./views/findings";
import { Header } from "./views/header";
import { PeriodicTable } from "./views/table/table";
import { Tabs } from "./views/tabs";
import { Words } from "./views/words";
import { PageWorker } from "./worker";
import { whole } from "../core/language/number-text";

type Event =
  | { kind: "message"; message: FromHost | FromEditor }
  | { kind: "lost" }
  | { kind: "knob"; name: string; value: number };

function reduce(state: PanelState, event: Event): PanelState {
  switch (event.kind) {
    case "message":
      return receive(state, event.message);
    case "lost":
      return { ...state, connection: "lost" };
    case "knob":
      return { ...state, turning: { ...state.turning, [event.name]: event.value } };
  }
}

/** Milliseconds after which a page counts as drawn. */
const LONGEST_FRAME = 1000;

/** The page's state, and its line to whoever shows it. @param carryOut what it is asked to do with a trainer of its own */
function useLine(carryOut?: (order: WorkerOrder) => void): [PanelState, (event: Event) => void, Send] {
  const [state, dispatch] = useReducer(reduce, undefined, initialState);
  const channel = useRef<PanelChannel | undefined>(undefined);
  // Made before the first drawing, since views speak as soon as they stand.
  channel.current ??= connect(() => dispatch({ kind: "lost" }));
  useEffect(
    () =>
      channel.current?.listen((message) =>
        message.kind === "worker" ? carryOut?.(message.order) : dispatch({ kind: "message", message }),
      ),
    [],
  );
  return [state, dispatch, (message) => channel.current?.send(message)];
}

/** The periodic table by itself, beside a text that need not be a spec yet. */
function TablePage() {
  const [{ table }, , send] = useLine();
  return (
    <>
      <header>
        <h1>The periodic table of losses</h1>
      </header>
      <PeriodicTable table={table} generation={0} send={send} />
    </>
  );
}

/** A derivation by itself, beside the text of its spec. */
function DerivationAlone() {
  const [{ derivation }, , send] = useLine();
  useEffect(() => send({ kind: "ready" }), []);
  if (derivation === undefined) return <p class="quiet">Deriving the loss …</p>;
  if (derivation === "none") return <p class="notice">The loss appears here once the spec has no errors.</p>;
  const { name, title, method, current } = derivation;
  return (
    <>
      <header>
        <h1>
          {name} {title !== undefined && <small>{title}</small>}
        </h1>
        {method !== undefined && <p class="method">{method}</p>}
        {!current && (
          <p class="notice" role="status">
            The text has errors. This is the derivation before this edit.
          </p>
        )}
      </header>
      <Derivation summary={derivation} />
    </>
  );
}

function Panel() {
  const worker = useRef<PageWorker | undefined>(undefined);
  const [state, dispatch, send] = useLine((order) => worker.current?.carryOut(order));
  const [shown, setShown] = useState(() => keptPage() ?? pages[0].id);
  const show = (page: string): void => {
    keepPage(page);
    setShown(page);
  };
  const { id, ofRun, View } = pages.find((page) => page.id === shown) ?? pages[0];
  useEffect(() => onShowPage(show), []);
  useEffect(() => {
    send({ kind: "ready" });
    send({ kind: "hello", protocol: PROTOCOL_VERSION });
    worker.current = new PageWorker((report) => send({ kind: "worker", report }));
    void worker.current.introduce();
  }, []);
  const turn = (name: string, value: number): void => {
    dispatch({ kind: "knob", name, value });
    send({ kind: "knob", name, value });
  };
  useShortcuts(state, send);

  const { run } = state;
  const { summary } = run;
  const opened = summary !== undefined;
  useEffect(() => {
    if (!opened) return;
    let said = false;
    const say = (): void => {
      if (!said) send({ kind: "shown" });
      said = true;
    };
    // After the frame that shows it, which a page that nobody sees does not get.
    requestAnimationFrame(() => setTimeout(say));
    const timer = setTimeout(say, LONGEST_FRAME);
    return () => clearTimeout(timer);
  }, [opened]);
  if (typeof state.connection === "object")
    return (
      <p class="notice error">
        This panel speaks protocol {PROTOCOL_VERSION}, the trainer {state.connection.mismatch}: they come from
        different versions. Reload the window, or update the extension.
      </p>
    );
  if (summary === undefined) return <Waiting state={state} />;
  return (
    <>
      <Header state={state} summary={summary} />
      <Dock state={state} summary={summary} stays={ofRun === true} turn={turn} send={send} />
      <Findings state={state} send={send} />
      <Tabs tabs={pages} shown={id} show={show}>
        <View key={id} summary={summary} state={state} send={send} />
      </Tabs>
      <footer class="quiet">
        <span title={ENGINE_MEANING}>{summary.executor}</span> · {whole(summary.parameters)} weights ·{" "}
        {whole(summary.samples.train)} training, {whole(summary.samples.validation)} validation,{" "}
        {whole(summary.samples.test)} test samples · values in nats
        <Executors executors={run.executors} pace={run.progress?.millisecondsPerStep} />
      </footer>
    </>
  );
}

const ENGINE_MEANING =
  "The engine that trains this preview. Relaxed SIMD are faster vector instructions of WebAssembly; results may differ in the last digits between processors.";

function Waiting({ state }: { state: PanelState }) {
  if (state.run.rejected.length > 0)
    return (
      <section class="card">
        <h2>The spec cannot be trained yet</h2>
        <ul>
          {state.run.rejected.map((diagnostic) => (
            <li>
              <Words text={diagnostic.message} />
            </li>
          ))}
        </ul>
        <p class="quiet">The preview starts automatically when the errors are fixed.</p>
      </section>
    );
  return <p class="quiet">{state.connection === "lost" ? LOST : "Deriving the loss …"}</p>;
}

/** Space runs and pauses, R starts over: unless something that takes keys has the focus. */
function useShortcuts(state: PanelState, send: Send): void {
  const { phase } = state.run;
  const able = whyNotNow(state) === undefined;
  useEffect(() => {
    if (!able) return;
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest("button, input, summary, a, [tabindex]")
      )
        return;
      if (event.key === " ") send({ kind: phase === "training" ? "pause" : "run" });
      else if (event.key === "r") send({ kind: "reset" });
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [phase, able]);
}

/** What the page is told in its head. */
const toldInHead = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="bottleneck-${name}"]`)?.content;

// With what it shows kept, the editor can bring the panel back after a reload of the window.
const target = toldInHead("target");
if (target !== undefined) keepTarget(JSON.parse(target));
// The editor puts its theme on the body; a browser tab has none and follows the system.
if (editor === undefined) document.body.classList.add("in-browser");
const page = toldInHead("page");
render(
  page === "table" ? <TablePage /> : page === "derivation" ? <DerivationAlone /> : <Panel />,
  document.getElementById("panel")!,
);
