/** Films that move and recordings that are heard, when a person asks for it. */
import { useEffect, useState } from "preact/hooks";
import type { Pictures } from "../../core/train/shown";
import { Drawn, frameAt } from "./drawn";

/** Milliseconds of a frame, and how often a film is shown in one go. */
const FRAME = 150;
const TIMES = 3;

/** Samples of one stream: a film frame by frame, with buttons to play it and the sounds there are; else as they are drawn. */
export function Playable({
  pictures,
  bytes,
  label,
}: {
  pictures: Pictures;
  bytes: Uint8Array;
  label: string;
}) {
  const sounds =
    pictures.sound &&
    (bytes === pictures.reconstruction ? pictures.sound.reconstruction : pictures.sound.original);
  if (pictures.frames !== undefined)
    return <Film pictures={pictures} bytes={bytes} label={label} frames={pictures.frames} />;
  if (sounds === undefined) return <Drawn pictures={pictures} bytes={bytes} label={label} />;
  return (
    <div class="moving">
      <Drawn pictures={pictures} bytes={bytes} label={label} />
      <Sounds
        rate={pictures.sound!.rate}
        sounds={sounds}
        count={pictures.count}
        name={`${pictures.stream}, ${label}`}
      />
    </div>
  );
}

/** One frame of every sample; a slider shows any of them. */
function Film({
  pictures,
  bytes,
  label,
  frames,
}: {
  pictures: Pictures;
  bytes: Uint8Array;
  label: string;
  frames: number;
}) {
  const [frame, show] = useState(0);
  const [left, play] = useState(0);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => {
      show((frame + 1) % frames);
      play(left - 1);
    }, FRAME);
    return () => clearTimeout(timer);
  }, [left, frame, frames]);
  const one = frameAt(pictures, bytes, frame);
  const name = `${pictures.stream}, ${label}`;
  return (
    <div class="moving">
      <Drawn pictures={one} bytes={one.original} label={`${label}, frame ${frame + 1} of ${frames}`} />
      <div class="player">
        <button
          class="play"
          aria-label={`${left > 0 ? "Stop" : "Play"} ${name}`}
          onClick={() => play(left > 0 ? 0 : TIMES * frames)}
        >
          {left > 0 ? "Stop" : "Play"}
        </button>
        <input
          type="range"
          min={1}
          max={frames}
          step={1}
          value={frame + 1}
          aria-label={`Frame of ${name}`}
          onInput={(event) => {
            play(0);
            show(Number(event.currentTarget.value) - 1);
          }}
        />
        <span class="quiet figure">
          {frame + 1} of {frames}
        </span>
      </div>
    </div>
  );
}

/** What plays now, of all pages: one sound at a time. */
let playing: { context: AudioContext; source: AudioBufferSourceNode } | undefined;

/** Plays a sound from its beginning, in place of one that plays. @returns why not, where it cannot be played */
function playSound(samples: Int16Array, rate: number): string | undefined {
  const context = playing?.context ?? new AudioContext();
  playing?.source.stop();
  try {
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(
      Float32Array.from(samples, (value) => value / 32_768),
      0,
    );
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
    playing = { context, source };
    void context.resume();
    return undefined;
  } catch {
    return `This browser cannot play ${rate} numbers a second.`;
  }
}

/** A button for each sound. */
function Sounds({
  rate,
  sounds,
  count,
  name,
}: {
  rate: number;
  sounds: Uint8Array;
  count: number;
  name: string;
}) {
  const [problem, say] = useState<string>();
  const length = sounds.length / 2 / count;
  const soundAt = (at: number): Int16Array => {
    const view = new DataView(sounds.buffer, sounds.byteOffset + 2 * at * length, 2 * length);
    return Int16Array.from({ length }, (_, t) => view.getInt16(2 * t, true));
  };
  return (
    <div class="player">
      {Array.from({ length: count }, (_, at) => (
        <button
          key={at}
          class="play"
          aria-label={`Play ${count === 1 ? "" : `sample ${at + 1} of `}${name}`}
          title={`${(length / rate).toFixed(1)} s`}
          onClick={() => say(playSound(soundAt(at), rate))}
        >
          {count === 1 ? "Play" : `Play ${at + 1}`}
        </button>
      ))}
      {problem !== undefined && <span role="status">{problem}</span>}
    </div>
  );
}
