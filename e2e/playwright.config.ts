import { defineConfig } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 18480);
export default defineConfig({
  testDir: ".",
  testIgnore: ["stories.spec.ts", "zone.spec.ts"],
  timeout: 60_000,
  retries: 1, // on two busy cores a wait is now and then too short; what passes only then is listed as flaky
  workers: 1,
  reporter: [["list"]],
  reportSlowTests: { max: 10, threshold: 20_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "zh-CN",
    actionTimeout: 30_000, // what is not there by then will not come: say so at once
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
    trace: "retain-on-failure",
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ],
  webServer: {
    command: `sh -c 'dir=$(mktemp -d) && chmod 755 $dir && trap "rm -rf $dir" EXIT && PARKWAY_DATA_DIR=$dir/data PARKWAY_DEMO=true PARKWAY_LISTEN=127.0.0.1:${port} ../bin/parkway-standalone'`,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
