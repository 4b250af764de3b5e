import { expect } from "@playwright/test";
import { test } from "./program";
import { signIn } from "./steps";

test.use({ zone: "tabs" });

// Browsers allow six connections to one server over HTTP/1.1; a stream of events per page would take them all.
test("seven open pages are one stream: the seventh opens, and all of them hear what has changed", async ({ page, context }) => {
  await signIn(page, "shaojinghe");
  await page.goto("/projects?view=list");
  const address = await page.locator('[data-live] h3 a, [data-live] a[href^="/projects/"]').first().getAttribute("href");
  const tabs = [page];
  for (let i = 1; i < 7; i++) tabs.push(await context.newPage());
  for (const tab of tabs) {
    await tab.goto(address!.replace(/\/deadline$/, ""), { timeout: 15_000 });
    await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
  }
  const writer = tabs[6];
  const words = `七个页面 ${Date.now()}`;
  await writer.goto(`${address!.replace(/\/deadline$/, "")}/comment`, { timeout: 15_000 });
  await writer.locator('textarea[name="text"]').fill(words);
  await writer.locator('main button[type="submit"]').last().click();
  for (const tab of tabs) await expect(tab.getByText(words).first()).toBeVisible({ timeout: 15_000 });
});
