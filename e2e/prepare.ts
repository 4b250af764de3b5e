import { rmSync } from "node:fs";
import { join } from "node:path";
import { demo, folder, loaded } from "./program";

/** Loads the demo into the folder that every file of journeys begins with a copy of; removes it at the end. */
export default async function prepare() {
  if (process.env.AT) return;
  const path = (process.env.PARKWAY_E2E_LOADED = folder());
  await (await demo(join(path, "data"), loaded.port)).stop();
  return () => rmSync(path, { recursive: true, force: true });
}
