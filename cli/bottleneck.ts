/** Entry of the command. */
import process from "node:process";
import { exitCodes } from "./command";
import { main } from "./main";
import { processTerminal } from "./terminal";

// A reader such as `head` may leave early: that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.ok);
  throw error;
});
void main(process.argv.slice(2), processTerminal(process)).then((code) => {
  process.exitCode = code;
});
