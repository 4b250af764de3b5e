import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

/** A zone of one's own: each size begins with an empty folder and the link that the program prints. Pictures and numbers stay in test-results/zone. */
export default defineConfig({
  ...base,
  testMatch: "zone.spec.ts",
  testIgnore: [],
  outputDir: "test-results/zone",
  timeout: 300_000,
  globalSetup: undefined,
  workers: 2, // a size each; what it holds is counted in clicks and keys
});
