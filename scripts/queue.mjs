// Runs jobs a few at a time, each as soon as it may.

/**
 * @typedef {object} Job
 * @property {() => Promise<unknown>} run
 * @property {string} [alone] jobs of the same word do not run beside each other; beside others they do
 * @property {Promise<unknown>} [after] what must be there before it
 */

/**
 * Resolves when every job has run. Jobs start in their order, but one that must wait lets later ones pass.
 * @param {readonly Job[]} jobs
 * @param {number} lanes how many run at a time
 */
export function runJobs(jobs, lanes) {
  const waiting = [...jobs];
  const running = new Set();
  const ready = new Set();
  return new Promise((resolve, reject) => {
    const isFree = ({ alone, after }) =>
      (after === undefined || ready.has(after)) &&
      (alone === undefined || ![...running].some((other) => other.alone === alone));
    function startMore() {
      while (running.size < lanes) {
        const at = waiting.findIndex(isFree);
        if (at < 0) break;
        const [job] = waiting.splice(at, 1);
        running.add(job);
        job.run().then(() => {
          running.delete(job);
          startMore();
        }, reject);
      }
      if (waiting.length === 0 && running.size === 0) resolve();
    }
    for (const after of new Set(jobs.map((job) => job.after)))
      after?.then(() => {
        ready.add(after);
        startMore();
      }, reject);
    startMore();
  });
}
