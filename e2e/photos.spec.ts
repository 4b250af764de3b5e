import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { pagesOf, says } from "./paper";
import { test } from "./program";
import { check, choose, photo, portrait, signIn } from "./steps";

test.use({ zone: "photos" });

const heic = { name: "苹果.heic", mimeType: "image/heic", buffer: readFileSync("../internal/phototest/testdata/picture.heic") };

/** The portrait with the moment in it that a phone writes down: one directory that leads to another, which holds the time. */
async function dated(page: Page) {
  const { buffer } = await portrait(page), tiff = Buffer.alloc(64);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8); tiff.writeUInt16LE(0x8769, 10); tiff.writeUInt16LE(4, 12); tiff.writeUInt32LE(1, 14); tiff.writeUInt32LE(26, 18);
  tiff.writeUInt16LE(1, 26); tiff.writeUInt16LE(0x9003, 28); tiff.writeUInt16LE(2, 30); tiff.writeUInt32LE(20, 32); tiff.writeUInt32LE(44, 36);
  tiff.write("2024:11:17 08:15:00\0", 44, "latin1");
  const head = Buffer.from([0xff, 0xe1, 0, 0]), exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  head.writeUInt16BE(exif.length + 2, 2);
  return { name: "带时间.jpg", mimeType: "image/jpeg", buffer: Buffer.concat([buffer.subarray(0, 2), head, exif, buffer.subarray(2)]) };
}

test("what a picture says of itself comes with its preview", async ({ page, isMobile }) => {
  test.skip(isMobile, "of any size");
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByLabel("部位").fill("3# 车间");
  await page.getByLabel("隐患描述").fill("照片自称何时");
  await page.getByLabel("照片或材料").setInputFiles([await dated(page)]);
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.locator(".pw-photos img")).toHaveCount(1, { timeout: 30_000 });
  await expect(page.locator(".pw-photos figcaption")).toContainText("照片自称拍于 2024-11-17 08:15");
});

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
    expect(await page.locator("main .pw-amount, main .pw-num").evaluateAll((all) => all.length > 0 && all.every((one) => getComputedStyle(one).whiteSpace.includes("nowrap"))), "amounts are not broken").toBe(true);
    if (name === "list") { // where 我 stands on a screen
      await expect(page.locator(".pw-on-paper").first()).toHaveText("陆致远");
      await expect(page.locator(".pw-on-paper").first()).toBeVisible();
    }
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

// Lists and pages that came later, on paper: who printed it, which page of how many, every row of the filter, nothing beyond the edge, and no buttons.
for (const [username, paths] of [
  ["luzhiyuan", ["/meetings?tab=all&print=all", "/permits?tab=all&print=all", "/opinions?tab=all&print=all", "/enrolments?tab=all&print=all", "/money?print=all", "/funnel", "/progress?print=all", "case /meetings?tab=all", "case /permits?tab=all",
    "case /projects?view=list&stage=construction /schedule", "case /projects?view=list&stage=construction /permits", "case /projects?view=list&stage=construction /brief"]],
  ["shaojinghe", ["/extensions?tab=all&print=all", "case /extensions?tab=all", "case /opinions?tab=all"]],
] as const)
  test(`the later pages of ${username} print as paper`, async ({ page }, info) => {
    test.skip(info.project.name === "phone", "paper is of one size");
    test.setTimeout(240_000);
    await signIn(page, username);
    const all: string[] = [];
    for (let path of paths as readonly string[]) {
      if (path.startsWith("case ")) {
        const [, list, part = ""] = path.split(" ");
        await page.goto(list);
        path = (await page.locator(".pw-table h3 a").first().getAttribute("href"))! + part;
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      const rows = await page.locator("main .pw-table tbody h3").allInnerTexts();
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize(path.startsWith("/money") ? { width: 1016, height: 687 } : { width: 688, height: 972 }); // what an A4 sheet leaves for a page; a register as wide as a year lies across
      const wrong = await page.evaluate(() => {
        const shown = (e: Element) => e.checkVisibility() && e.getBoundingClientRect().width > 0;
        const found: string[] = [];
        for (const e of document.querySelectorAll("main :is(.btn, button, input, select, textarea)")) if (shown(e)) found.push(`${(e.textContent || e.getAttribute("name") || e.tagName).trim()} is there to be pressed`);
        for (const e of document.querySelectorAll("main *")) {
          if (shown(e) && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1) found.push(`${e.tagName}.${e.className} ends beyond the sheet`);
        }
        return [...new Set(found)].slice(0, 4);
      });
      all.push(...wrong.map((fault) => `${path}: ${fault}`));
      const pages = pagesOf(await page.pdf({ preferCSSPageSize: true })), said = pages.join("");
      for (const [n, text] of pages.entries()) if (!says(text, `${n + 1} / ${pages.length}`)) all.push(`${path}: page ${n + 1} of ${pages.length} does not say which it is`);
      if (!says(said, "泗县经济开发区（泗涂产业园） ·")) all.push(`${path}: nobody printed it`);
      for (const row of rows) if (!says(said, row.slice(0, 12))) all.push(`${path}: ${row} is not on paper`);
      if (path.includes("print=all") && rows.length && !says(said, "全部印出")) all.push(`${path}: it does not say that all is there`);
      await page.emulateMedia({ media: null });
    }
    expect(all).toEqual([]);
  });
