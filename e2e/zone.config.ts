import { defineConfig } from "@playwright/test";

/** A zone of one's own: each size begins with an empty folder and the link that the program prints. */
export default defineConfig({
  testDir: ".",
  testMatch: "zone.spec.ts",
  timeout: 180_000,
  workers: 1,
  reporter: [["list"]],
  use: {
    locale: "zh-CN",
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
});
