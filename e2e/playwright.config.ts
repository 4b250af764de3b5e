import { defineConfig } from "@playwright/test";

/** Journeys on the demo. Each file has a zone of its own at each size (program.ts); E2E_PORT is the first of the ports that they take, one each. */
export default defineConfig({
  testDir: ".",
  testIgnore: ["stories.spec.ts", "zone.spec.ts"],
  globalSetup: "./prepare.ts",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 1, // on two busy cores a wait is now and then too short; what passes only then is listed as flaky
  workers: 2,
  reporter: [["list"]],
  reportSlowTests: { max: 10, threshold: 20_000 },
  use: {
    locale: "zh-CN",
    actionTimeout: 30_000, // what is not there by then will not come: say so at once
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
    trace: "on-first-retry",
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ],
});
