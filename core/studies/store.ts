import type { Trained } from "./job";

/** Keeps what jobs gave, by their keys. */
export interface Store {
  get(key: string): Promise<Trained | undefined>;
  put(trained: Trained): Promise<void>;
}

/** A store that ends with the process. */
export function memoryStore(): Store {
  const kept = new Map<string, string>();
  return {
    get: (key) => {
      const text = kept.get(key);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as Trained));
    },
    put: (trained) => {
      kept.set(trained.key, JSON.stringify(trained));
      return Promise.resolve();
    },
  };
}
