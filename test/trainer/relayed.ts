/** A relay with a test at both of its ends. */
import { after } from "node:test";
import type { FromEditor, PanelRequest } from "../../core/train/page-protocol";
import type { FromHost, ToHost } from "../../core/train/protocol";
import { Relay, type RelayHome } from "../../trainer/relay";
import type { StoredRun } from "../../trainer/saved-states";

type Told = FromHost | FromEditor;

/** What a relay asks for in intervals would keep the test's process alive. */
const relays: Relay[] = [];
after(() => relays.forEach((relay) => relay.stop()));

/** A relay between a trainer and pages that are both this test. */
export function relayed(more: Partial<RelayHome> = {}, stored?: StoredRun) {
  const asked: ToHost[] = [];
  const carriedOut: PanelRequest[] = [];
  const logged: string[] = [];
  let say: (message: FromHost) => void = () => undefined;
  let end: (reason: string) => void = () => undefined;
  const relay = new Relay(
    {
      startTrainer: () => ({
        channel: {
          send: (message) => asked.push(message),
          listen: (listener) => {
            say = listener;
            return () => undefined;
          },
          close: () => undefined,
        },
        ended: new Promise((resolve) => (end = resolve)),
        stop: () => undefined,
      }),
      read: () => Promise.resolve({ uri: "file:///a.bottleneck", text: "spec A {}", uses: {} }),
      carryOut: (request) => {
        carriedOut.push(request);
        return Promise.resolve(undefined);
      },
      autorun: () => true,
      ended: () => undefined,
      log: (line) => logged.push(line),
      ...more,
    },
    stored,
  );
  relays.push(relay);
  const page = () => {
    const told: Told[] = [];
    const taken: (() => void)[] = [];
    const link = relay.connect((message, done) => {
      told.push(message);
      taken.push(done);
    });
    return {
      ...link,
      told,
      kinds: () => told.map(({ kind }) => kind),
      take: () => taken.splice(0).forEach((one) => one()),
    };
  };
  return {
    relay,
    asked,
    carriedOut,
    logged,
    page,
    say: (message: FromHost) => say(message),
    end: (why: string) => end(why),
  };
}

/** Once what was promised is done. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
