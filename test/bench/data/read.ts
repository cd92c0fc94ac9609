/** Reads a file of data as a preview does, in a process of its own: prints milliseconds of processor time and peak memory. */
import { bindStreams, type StreamRequest } from "../../../core/data/bind";
import { loadDataset } from "../../../core/data/load";
import { readSpecFile } from "../../../trainer/files";
import { defaultSettings } from "../../../trainer/settings";
import { sizeOf } from "../../../core/program/program";

const [file = "", field = "", width = "", samples] = process.argv.slice(2);
const streams: StreamRequest[] = [{ name: field, kind: { name: "vector", sizes: [Number(width)] } }];
const options = samples ? { samples: Number(samples), validation: 200, test: 200 } : {};
const before = process.cpuUsage();
const atFirst = process.memoryUsage().rss;
const data = await loadDataset(
  { source: file, options },
  (path) => readSpecFile(defaultSettings, "", path),
  streams,
);
const read = process.cpuUsage(before);
const [bound] = bindStreams(data, streams);
const most = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    processor: (read.user + read.system) / 1000,
    memory: Math.max(0, most - atFirst),
    held: bound!.values.length * 4,
    sum: sizeOf(bound!.shape),
  }),
);
