import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { test } from "./program";
import { check, choose, photo, portrait, signIn } from "./steps";

test.use({ zone: "photos" });

const heic = { name: "苹果.heic", mimeType: "image/heic", buffer: readFileSync("../internal/phototest/testdata/picture.heic") };

test("photos are looked at large, by mouse and by keyboard, and without scripts", async ({ page, browser }, info) => {
  test.slow();
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByLabel("部位").fill("3# 车间");
  await page.getByLabel("隐患描述").fill(`通道堆放周转箱 照片 ${info.project.name}`);
  await page.getByLabel("照片或材料").setInputFiles([await portrait(page), heic, photo]);
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page).toHaveURL(/\/hazards\/[0-9a-f-]{36}/);
  const pictures = page.locator(".pw-photos img");
  await expect(pictures).toHaveCount(3, { timeout: 30_000 }); // they come by themselves
  const first = pictures.first();
  await expect.poll(() => first.evaluate((img: HTMLImageElement) => img.naturalHeight)).toBe(640);
  expect(await first.evaluate((img) => getComputedStyle(img).objectFit)).toBe("contain");
  const [box, frame] = [await first.boundingBox(), await page.locator("a.pw-look").first().boundingBox()];
  expect(box!.height, "a portrait is not cropped").toBeLessThanOrEqual(frame!.height);
  for (const img of await pictures.all()) expect(await img.getAttribute("src")).toMatch(/\/small$/);
  await check(page);
  await page.locator(".pw-photos").first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `stories/pictures/photos-${info.project.name}.png` });

  const link = page.locator("a.pw-look").first();
  await link.focus();
  await page.keyboard.press("Enter");
  const over = page.locator("dialog.pw-over");
  await expect(over.getByText("第 1 张，共 3 张")).toBeVisible();
  await expect(over.locator("img")).toHaveAttribute("src", /\/large$/);
  await page.screenshot({ path: `stories/pictures/viewer-${info.project.name}.png` });
  await page.keyboard.press("ArrowRight");
  await expect(over.getByText("第 2 张，共 3 张")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(over).toHaveCount(0);
  await expect(link).toBeFocused();
  await link.click();
  await over.getByRole("link", { name: "关闭" }).click();
  await expect(over).toHaveCount(0);

  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState(), viewport: page.viewportSize()!, locale: "zh-CN" });
  const still = await plain.newPage();
  await still.goto(page.url());
  await still.locator("a.pw-look").nth(1).click();
  await expect(still.locator("#viewer").getByText("第 2 张，共 3 张")).toBeVisible();
  await still.getByRole("link", { name: "上一张" }).click();
  await still.getByRole("link", { name: "关闭" }).click();
  await expect(still).toHaveURL(/#photo-1-1$/);
  await plain.close();
  await page.goto(await link.getAttribute("href") as string);
  await check(page);
});

test("pages print as paper", async ({ page }, info) => {
  test.skip(info.project.name === "phone", "paper is of one size");
  await signIn(page, "luzhiyuan");
  for (const [name, path] of [["list", "/projects?view=list&print=all"], ["project", "/projects?view=list&q=煊炑"]] as const) {
    await page.goto(path);
    if (name === "project") await page.getByRole("link", { name: "煊炑生物", exact: true }).first().click();
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".pw-printed")).toContainText("陆致远");
    for (const gone of [".pw-side", ".pw-top", ".pw-bottom", ".pw-actions"]) await expect(page.locator(gone).first()).toBeHidden();
    for (const button of await page.locator("main .btn, main button").all()) await expect(button).toBeHidden();
    for (const way of ["这个期限是怎么算的", "核验未被改动", "填报", "查看封存清单", "导出 Excel"]) for (const link of await page.getByText(way, { exact: true }).all()) await expect(link).toBeHidden();
    for (const mine of await page.locator(".pw-on-screen").all()) await expect(mine).toBeHidden();
    await expect(page.locator(".pw-on-paper").first()).toHaveText("陆致远");
    await expect(page.locator(".pw-on-paper").first()).toBeVisible();
    if (name === "project") {
      await page.setViewportSize({ width: 688, height: 972 }); // what an A4 sheet leaves for a page
      const steps = await page.locator(".pw-step").evaluateAll((all) => all.map((step) => step.getBoundingClientRect()).map((r) => [Math.round(r.top), r.left >= 0 && r.right <= innerWidth]));
      expect(new Set(steps.map(([top]) => top)).size, "the stages stand in one line").toBe(1);
      expect(steps.every(([, whole]) => whole), "and all of them on the sheet").toBe(true);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    if (name === "list") await expect(page.locator(".pw-left-out")).toContainText("全部印出");
    await page.pdf({ path: `stories/pictures/print-${name}.pdf`, preferCSSPageSize: true });
    await page.emulateMedia({ media: null });
  }
});
