import type { Refused, Trained } from "./job";

/** Keeps what jobs gave, by their keys. */
export interface Store {
  get(key: string): Promise<Trained | undefined>;
  put(trained: Trained): Promise<void>;
  /**
   * Why a job could not be done the last time, for plans: whoever runs a study tries it again, since what was missing may be
   * there by now.
   */
  refusal(key: string): Promise<Refused | undefined>;
  refuse(key: string, refusal: Refused): Promise<void>;
}

/** A store that ends with the process. */
export function memoryStore(): Store {
  const kept = new Map<string, string>();
  const refusals = new Map<string, Refused>();
  return {
    get: (key) => {
      const text = kept.get(key);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as Trained));
    },
    put: (trained) => {
      kept.set(trained.key, JSON.stringify(trained));
      return Promise.resolve();
    },
    refusal: (key) => Promise.resolve(refusals.get(key)),
    refuse: (key, refusal) => {
      refusals.set(key, refusal);
      return Promise.resolve();
    },
  };
}
