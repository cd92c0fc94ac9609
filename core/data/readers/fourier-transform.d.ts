/** What is used of the library, which brings no types. */
declare module "fourier-transform" {
  /** Magnitudes of a real signal, whose length is a power of two: half as many, which the next call overwrites. */
  function rfft(signal: Float64Array): Float64Array;
  export = rfft;
}
