import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, day, enter, photo, signIn } from "./steps";

test.use({ zone: "look" });

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

// Forms of kinds and pages that came later, each with whatever it asks in words.
const later: [string, string][] = [
  ["luzhiyuan", "/meetings/convene"], ["luzhiyuan", "case /meetings?tab=all /comment"], ["luzhiyuan", "case /projects?view=list&stage=construction /plan"], ["luzhiyuan", "case /projects?view=list&stage=construction /record_money"],
  ["luzhiyuan", "case /projects?view=list&stage=construction /contact"], ["luzhiyuan", "case /permits /comment"], ["zhujianju", "case /opinions /give"], ["shaojinghe", "case /extensions?tab=all /comment"],
];

/** The address of a form; `case LIST PART` is that of the first case of a list. */
async function formAt(page: Page, path: string) {
  if (!path.startsWith("case ")) return path;
  const [, list, part] = path.split(" ");
  await page.goto(list);
  return (await page.locator(".pw-table h3 a").first().getAttribute("href"))! + part;
}

test("drafts of the later kinds' forms stay on the device", async ({ page }) => {
  test.setTimeout(240_000);
  let who = "";
  for (const [username, form] of later) {
    if (username !== who) await enter(page, (who = username));
    const path = await formAt(page, form), words = `写了一半 ${path.slice(-8)}`;
    await page.goto(path);
    const field = page.locator("main form.pw-form :is(textarea, input[type=text]:not([role=combobox]))").last();
    await page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>("main form.pw-form details").forEach((fold) => (fold.open = true)));
    await field.fill(words);
    await kept(page, words);
    await page.reload();
    await expect(page.locator(".pw-resumed"), path).toContainText("已恢复");
    await expect(field).toHaveValue(words);
    await page.getByRole("button", { name: "放弃草稿" }).click();
    await expect(page.locator(".pw-resumed")).toHaveCount(0);
  }
});

test("a session that ends in one of them is renewed in place", async ({ page, context }, info) => {
  await enter(page, "luzhiyuan");
  await page.goto("/meetings/convene");
  const title = `会话过期的会议 ${info.project.name}`;
  await page.locator("[name=title]").fill(title);
  await page.locator("[name=on]").fill(await day(page, 10));
  await context.clearCookies({ name: "parkway_session" });
  await page.locator("main .btn-primary").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("密码").fill("parkway-demo");
  await dialog.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
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
  const off = box.getByRole("button", { name: /^移除/ }); // each file that was chosen can be taken off again
  for (let left = await off.count(); left > 0; left--) await off.first().click();
  await files.setInputFiles(photo);
  await expect(box.getByRole("alert")).toHaveCount(0);
});

// Latin words that office people read: formats, units, what their own files and accounts are called.
const known = new Set(["Excel", "CSV", "JPG", "PNG", "WebP", "HEIC", "PDF", "Word", "MP4", "MB", "KB", "English", "xlsx", "docx", "png", "jpg", "pdf", "GB", "desktop", "phone"]); // GB: a standard that an item rests on; the last two: what these tests write
// What only an administrator reads, who sets up mail and robots by these names.
const administrators = new Set(["JSON", "STARTTLS", "TLS", "Standard", "Webhooks"]);
const numbered = /^(XM|YH|JH|RW|SX|YQ|YJ|HY|LT|JC|RQ|SQ|WL)(-[0-9-]*)?$/;

for (const who of ["luzhiyuan", "mengqinglan", "baobao01", "zhujianju", "qiye", "shaojinghe", "shenji", "admin"]) {
  test(`${who} reads no words of the program, and nothing has lasted for no days`, async ({ page }, info) => {
    test.skip(info.project.name !== "desktop", "the same pages");
    test.setTimeout(180_000);
    await signIn(page, who);
    const todo = ["/", "/forecast", "/nowhere"], seen = new Set<string>(), shapes = new Map<string, number>(), found: string[] = [];
    while (todo.length) {
      const path = todo.shift()!, shape = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id").replace(/\?.*/, "").replace(/\/\d+/g, "/:n");
      if (seen.has(path) || (shapes.get(shape) ?? 0) >= 2) continue;
      seen.add(path);
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      const answer = await page.request.get(path, { headers: { Accept: "text/html", "Accept-Language": "zh" } });
      if (!(answer.headers()["content-type"] ?? "").includes("html")) continue;
      const { text, links } = await page.evaluate((source) => {
        const read = new DOMParser().parseFromString(source, "text/html");
        const links = [...read.querySelectorAll("a[href^='/']")].map((a) => a.getAttribute("href")!);
        // What people typed, what is folded for the administrator, account names, file names and fingerprints are not the program's words.
        read.querySelectorAll("script, style, textarea, code, details pre, figcaption, .pw-code, .pw-typed, .pw-photos, [href^='/registers/people/']").forEach((one) => one.remove());
        const said = [...read.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
        const words: string[] = [];
        const texts = read.createTreeWalker(read.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) words.push(texts.currentNode.textContent!);
        return { text: [...words, ...said].join(" "), links };
      }, await answer.text());
      todo.push(...links.filter((to) => !/^\/(language|api|ops|files|assets)|format=|sheet\.xlsx|\/history$|\/verification$|\/users$/.test(to)));
      for (const [word] of text.matchAll(/[A-Za-z][A-Za-z0-9_-]+/g)) {
        if (!known.has(word) && !numbered.test(word) && !/^(new|neu)-(desktop|phone)$/.test(word) && !(who === "admin" && administrators.has(word))) found.push(`${path}: ${word}`);
      }
      for (const [words] of text.matchAll(/(?:已|第|剩|逾期) ?0 个\S*|(\d{1,2}月\d{1,2}日（周.）) – \1/g)) found.push(`${path}: ${words}`);
    }
    expect(seen.size).toBeGreaterThan(10);
    expect([...new Set(found)]).toEqual([]);
  });
}

test("a list, a case and its ledger count the same", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto("/hazards");
  const rows = await page.locator("[data-live] tr:has(.pw-due), [data-live] .pw-row:has(.pw-due)").all(), listed: [string, string][] = [];
  for (const row of rows.slice(0, 6)) listed.push([(await row.locator("h3 a").getAttribute("href"))!, (await row.locator(".pw-due > span").first().innerText()).trim()]);
  expect(listed.some(([, words]) => words.includes("个工作日")), "some limit counts working days").toBe(true);
  for (const [address, words] of listed) {
    await page.goto(address);
    await expect(page.locator(".pw-due > span").first()).toHaveText(words);
    await page.goto(address + "/deadline");
    await expect(page.locator("main .pw-due > span").first()).toHaveText(words);
  }
});
