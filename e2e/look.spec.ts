import { expect, test, type Page } from "@playwright/test";
import { check, choose, photo, signIn } from "./steps";

// How forms look, what they keep on the device, and how they say a limit before it is reached.

const typed = "通道堆放杂物，长约六米，应急门打不开。";
const record = "/hazards/record";
const left = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("parkway-draft ")));

/** Waits until the page has kept what was typed. */
async function kept(page: Page, words: string) {
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join(" "))).toContain(words);
}

test("a text is as high as what it is for, and a form uses the width", async ({ page }, info) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  const lines = async (label: RegExp) => Math.round(((await page.getByLabel(label).boundingBox())!.height - 18) / 22);
  expect(await lines(/^问题描述|^隐患描述|^问题/)).toBeGreaterThanOrEqual(6);
  const before = (await page.locator("#description").boundingBox())!.height;
  await page.locator("#description").fill("一行\n".repeat(12));
  expect((await page.locator("#description").boundingBox())!.height).toBeGreaterThan(before);
  const form = (await page.locator("form.pw-form").boundingBox())!, aside = (await page.locator(".pw-desk > aside").boundingBox())!;
  if (info.project.name === "desktop") {
    expect(form.width).toBeGreaterThan(700);
    expect(aside.x).toBeGreaterThan(form.x + form.width);
  } else {
    expect(aside.y).toBeGreaterThan(form.y + form.height);
  }
  await check(page);
});

test("the lines of a year stand in a box that shows them", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/calendar");
  expect((await page.locator("#lines").boundingBox())!.height).toBeGreaterThanOrEqual(24 * 22);
  await check(page);
});

test("what was typed survives a reload and a closed tab, and is forgotten once it was accepted", async ({ page, context }) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  await choose(page, "企业", "丰禾", "丰禾汽车部件");
  await page.locator("#location").fill("2 号车间");
  await page.locator("#description").fill(typed);
  await kept(page, typed);
  await page.reload();
  await expect(page.locator(".pw-resumed")).toContainText("已恢复");
  await expect(page.locator("#description")).toHaveValue(typed);
  await check(page);
  await page.close();

  const again = await context.newPage();
  await again.goto(record);
  await expect(again.locator("#description")).toHaveValue(typed);
  await expect(again.locator("#location")).toHaveValue("2 号车间");
  await expect(again.getByRole("combobox", { name: /^企业/ })).toHaveValue(/丰禾/);
  await again.locator("#attachments").setInputFiles(photo);
  await again.getByRole("button", { name: "登记隐患" }).click();
  await expect(again.getByRole("heading", { level: 1, name: new RegExp(typed.slice(0, 6)) })).toBeVisible();
  expect(await left(again)).toEqual([]);
  await again.goto(record);
  await expect(again.locator("#description")).toHaveValue("");
});

test("a draft can be given up, and signing out forgets it", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  await page.locator("#description").fill(typed);
  await kept(page, typed);
  await page.reload();
  await page.getByRole("button", { name: "放弃草稿" }).click();
  await expect(page.locator("#description")).toHaveValue("");
  await expect(page.locator(".pw-resumed")).toHaveCount(0);
  expect(await left(page)).toEqual([]);

  await page.locator("#description").fill(typed);
  await kept(page, typed);
  await page.goto("/account");
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page.getByLabel("账号")).toBeVisible();
  expect(await left(page)).toEqual([]);
});

test("another person on the same device sees nothing of it, and it expires", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  await page.locator("#description").fill(typed);
  await kept(page, typed);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.setItem(key.replace(/ [0-9a-f-]{36} /, " 00000000-0000-4000-8000-000000000000 "), localStorage.getItem(key)!);
    for (const key of Object.keys(localStorage)) if (!key.includes(" 00000000-")) localStorage.removeItem(key);
  });
  await page.reload();
  await expect(page.locator("#description")).toHaveValue("");
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      const one = JSON.parse(localStorage.getItem(key)!);
      localStorage.setItem(key, JSON.stringify({ ...one, at: one.at - 15 * 24 * 3600 * 1000 }));
    }
  });
  await page.reload();
  await expect.poll(() => left(page)).toEqual([]);
});

test("what somebody else changed meanwhile is not overwritten", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/registers/units");
  await page.getByRole("link", { name: "项目科" }).first().click();
  const address = page.url(), name = page.getByLabel(/^单位名称/);
  await name.fill("项目服务科" + info.project.name);
  await kept(page, "项目服务科" + info.project.name);
  const was = await page.evaluate(() => (document.querySelector("#name") as HTMLInputElement).defaultValue);
  // Meanwhile the same field is changed by somebody else.
  const other = "项目一科" + info.project.name;
  await page.evaluate((words) => {
    const key = Object.keys(localStorage).find((one) => one.startsWith("parkway-draft "))!, one = JSON.parse(localStorage.getItem(key)!);
    one.begun.name = [words];
    localStorage.setItem(key, JSON.stringify(one));
  }, other);
  await page.goto(address);
  await expect(name).toHaveValue(was);
  await expect(page.locator(".pw-resumed")).toContainText("项目服务科" + info.project.name);
  await expect(page.locator(".pw-resumed")).toContainText("没有覆盖");
  await page.reload();
  await expect(page.locator(".pw-resumed")).toContainText("没有覆盖");
  await page.getByRole("button", { name: /^改用我写的/ }).click();
  await expect(name).toHaveValue("项目服务科" + info.project.name);
  await check(page);
});

test("a form that the server refused wins over the one on the device", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  await page.locator("#description").fill(typed);
  await kept(page, typed);
  await page.locator("form.pw-form").evaluate((form: HTMLFormElement) => { form.noValidate = true; });
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page).toHaveURL(/\?draft=/);
  await expect(page.locator("#description")).toHaveValue(typed);
  await expect(page.locator(".pw-resumed")).toHaveCount(0);
  await page.locator("#description").fill(typed + "另有一处。");
  await kept(page, "另有一处。");
  await page.reload();
  await expect(page.locator("#description")).toHaveValue(typed + "另有一处。");
});

test("passwords and secrets are not kept", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/channels");
  await page.locator("#kind").selectOption("dingtalk");
  await page.locator("#channel_name").fill("钉钉群");
  await page.locator("#channel_url").fill("https://oapi.example.cn/robot?access_token=geheim");
  await page.locator("#channel_sign").fill("SECgeheim");
  await kept(page, "钉钉群");
  expect(await page.evaluate(() => Object.values(localStorage).join(" "))).not.toContain("geheim");
  await page.goto("/account");
  await page.locator("#old").fill("altgeheim");
  await page.locator("#fresh").fill("neugeheim");
  await page.locator("#name").fill("报表程序");
  await kept(page, "报表程序");
  expect(await page.evaluate(() => Object.values(localStorage).join(" "))).not.toContain("geheim");
});

test("a limit is said before it is reached", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto(record);
  const text = page.locator("#description"), said = page.locator(".pw-field:has(#description) .pw-left");
  await text.fill("字".repeat(3199));
  await expect(said).toBeEmpty();
  await text.fill("字".repeat(3880));
  await expect(said).toHaveText("还可写 120 字");
  await expect(said).toHaveAttribute("aria-live", "polite");
  await check(page);
  await text.fill("字".repeat(4012));
  await expect(said).toContainText("多了 12 字");
  expect(await text.evaluate((field: HTMLTextAreaElement) => field.checkValidity())).toBe(false);
  await text.fill("短了");
  expect(await text.evaluate((field: HTMLTextAreaElement) => field.checkValidity())).toBe(true);

  const files = page.locator("#attachments"), box = page.locator(".pw-field:has(#attachments)");
  await expect(box).toContainText("每个不超过 20 MB");
  await files.setInputFiles({ name: "说明.exe", mimeType: "application/octet-stream", buffer: Buffer.from("x") });
  await expect(box.getByRole("alert")).toContainText("「说明.exe」不能接收");
  await files.setInputFiles({ name: "空.png", mimeType: "image/png", buffer: Buffer.alloc(0) });
  await expect(box.getByRole("alert")).toContainText("是空的");
  await files.setInputFiles({ name: "大.png", mimeType: "image/png", buffer: Buffer.alloc(21 << 20) });
  await expect(box.getByRole("alert")).toContainText("超过 20 MB");
  expect(await files.evaluate((field: HTMLInputElement) => field.checkValidity())).toBe(false);
  await check(page);
  await files.setInputFiles(photo);
  await expect(box.getByRole("alert")).toBeEmpty();
});
