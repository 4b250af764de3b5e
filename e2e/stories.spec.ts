import { expect, test } from "@playwright/test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { check } from "./steps";

const folder = join(import.meta.dirname, "stories");
const stories = readdirSync(folder).filter((name) => name.endsWith(".html"));

test("there are stories", () => expect(stories.length).toBeGreaterThan(60));

for (const name of stories)
  test(name.replace(".html", ""), async ({ page }, info) => {
    await page.route("http://stories.test/**", (route) => {
      const path = join(folder, new URL(route.request().url()).pathname);
      return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
    });
    await page.goto(`http://stories.test/${name}`);
    await page.screenshot({ path: join(folder, "pictures", `${name.replace(".html", "")}-${info.project.name}.png`), fullPage: true });
    await check(page);
  });
