import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, photo, signIn, unfold } from "./steps";

test.use({ zone: "buildings" });

/** What the annual report of 2024 says of its nine projects, sentence by sentence. */
const report = readFileSync("../domain/works/testdata/report-2024.txt", "utf8").trim().split("；");

type Deed = { on: string; codes?: string; steps: string[]; state: "准备" | "正在进行" | "已完成" };
const site: Deed[] = [{ on: "2024-10-25", steps: ["场地：临水临电接通"], state: "正在进行" }, { on: "2024-10-26", steps: ["场地：渣土运输", "场地：场地平整"], state: "准备" }];
const nine: { title: string; short?: string; on: string; codes?: string; deeds: Deed[] }[] = [
  { title: "泉为绿能二期", short: "泉为二期", on: "2024-09-01", codes: "厂房", deeds: [{ on: "2024-10-18", codes: "厂房", steps: ["主体完成"], state: "已完成" }, { on: "2024-10-20", codes: "厂房", steps: ["内部装修"], state: "正在进行" }] },
  { title: "煊炑生物", on: "2024-09-02", codes: "1#-4#", deeds: [{ on: "2024-10-18", codes: "1#", steps: ["建成"], state: "已完成" }, { on: "2024-10-20", codes: "1#", steps: ["外立面粉刷"], state: "正在进行" },
    { on: "2024-10-20", codes: "2#", steps: ["门窗安装", "消防设施安装"], state: "正在进行" }, { on: "2024-10-21", codes: "3#4#", steps: ["砌墙、墙板"], state: "正在进行" }] },
  { title: "莱卡织造", on: "2024-09-03", codes: "1#-5#", deeds: [{ on: "2024-10-18", codes: "1#", steps: ["钢筋绑扎、混凝土浇筑"], state: "正在进行" }, { on: "2024-10-20", codes: "2#-5#", steps: ["地面硬化"], state: "正在进行" }] },
  { title: "中创汽配", on: "2024-09-04", deeds: site },
  { title: "鸿瑞印务", on: "2024-09-05", deeds: site },
  { title: "拓斯代童装", on: "2024-09-06", codes: "5#6#7#", deeds: [{ on: "2024-10-20", codes: "5#6#7#", steps: ["基础梁"], state: "正在进行" }] },
  { title: "吉顺木业", on: "2024-09-07", codes: "1#", deeds: [{ on: "2024-10-20", codes: "1#", steps: ["内部装修"], state: "正在进行" }] },
  { title: "点点家具", on: "2024-09-08", codes: "厂房", deeds: [{ on: "2024-10-20", codes: "厂房", steps: ["地基开挖"], state: "正在进行" }] },
  { title: "华星医疗", on: "2024-09-09", codes: "1#", deeds: [{ on: "2024-10-20", codes: "1#", steps: ["基础梁"], state: "正在进行" }] },
];

/** Opens a form of the case that the page shows. */
async function act(page: Page, name: string) {
  const link = page.locator("main").getByRole("link", { name, exact: true }).first();
  if (!(await link.isVisible())) await unfold(page);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

async function send(page: Page, name: string, back: string) {
  await page.locator("main").getByRole("button", { name, exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(back);
}

/** Ticks a step, opening what it is folded under where it is not among those that come next. */
async function tick(page: Page, step: string) {
  const box = page.getByLabel(step, { exact: true });
  const fold = page.locator("details.pw-folded:not([open])", { has: box });
  if (await fold.count()) await fold.locator("summary").click();
  await box.check();
}

test("the nine projects of the report, entered by forms, give its sentences word for word", async ({ page }, info) => {
  test.skip(info.project.name === "phone", "the phone has a journey of its own");
  test.setTimeout(240_000);
  await signIn(page, "luzhiyuan");
  for (const p of nine) {
    await page.goto("/projects/open");
    await page.getByLabel("项目名称").fill(p.title);
    await choose(page, "企业", "安徽中鼎");
    await page.getByLabel("目前阶段").selectOption({ label: "开工建设" });
    await page.getByLabel("行业", { exact: true }).selectOption({ index: 1 });
    await page.getByLabel("用地方式").selectOption({ index: 1 });
    await page.locator("[name=occurred_on]").fill(p.on);
    await send(page, "新建项目", p.title);
    if (p.short) {
      await act(page, "修改信息");
      await page.getByLabel(/^简称/).fill(p.short);
      await page.getByLabel("原因").fill("总结里这样叫");
      await send(page, "修改信息", p.title);
    }
    if (p.codes) {
      await act(page, "登记厂房");
      await page.getByLabel(/^厂房编号/).fill(p.codes);
      await send(page, "登记厂房", p.title);
    }
    for (const d of p.deeds) {
      await act(page, "登记进度");
      if (d.codes) await page.getByRole("textbox", { name: "厂房：直接写" }).fill(d.codes);
      for (const s of d.steps) await tick(page, s);
      await page.getByRole("radio", { name: d.state, exact: true }).check();
      await page.locator("[name=occurred_on]").fill(d.on);
      await send(page, "登记进度", p.title);
    }
    const said = (await page.locator(".pw-said").innerText()).trim();
    expect(report.flatMap((s) => (s.startsWith("中创汽配、鸿瑞印务") ? ["中创汽配", "鸿瑞印务"].map((n) => s.replace("中创汽配、鸿瑞印务", n)) : [s]))).toContain(said);
  }
  const firm = await page.locator('.pw-meta a[href^="/enterprises/"]').getAttribute("href");
  await page.goto(`/progress?enterprise_id=${firm!.split("/").pop()}`);
  expect((await page.locator(".pw-said").innerText()).trim()).toBe(report.join("；"));
  await check(page);
});

test("progress of several buildings takes under a minute on a phone", async ({ page }, info) => {
  test.slow();
  await signIn(page, "guqinghe");
  await page.goto("/projects?view=list&q=莱卡织造&sort=number");
  await page.getByRole("link", { name: "莱卡织造", exact: true }).first().click();
  await check(page);
  const before = await page.locator("tr", { hasText: "2#厂房" }).locator("progress").getAttribute("value");
  const begun = Date.now();
  await act(page, "登记进度");
  await check(page);
  await page.getByRole("textbox", { name: "厂房：直接写" }).fill("2-5#"); // may be a range, or one code: it is asked back
  await tick(page, info.project.name === "phone" ? "门窗安装" : "消防设施安装");
  await page.locator("[name=attachments]").setInputFiles(photo);
  await page.locator("main").getByRole("button", { name: "登记进度", exact: true }).last().click();
  await expect(page.getByRole("alert")).toContainText("2#-5#");
  await check(page);
  await page.getByRole("textbox", { name: "厂房：直接写" }).fill("");
  for (const code of ["2#厂房", "3#厂房", "4#厂房", "5#厂房"]) await page.getByLabel(code, { exact: true }).check();
  await send(page, "登记进度", "莱卡织造");
  expect(Date.now() - begun, "milliseconds for one entry, a mistake included").toBeLessThan(60_000);
  await expect(page.locator(".pw-said")).toContainText("2#-5#厂房正在");
  expect(Number(await page.locator("tr", { hasText: "2#厂房" }).locator("progress").getAttribute("value"))).toBeGreaterThan(Number(before));
  await expect(page.locator("tr", { hasText: "5#厂房" }).getByText(/共 \d 张/)).toBeVisible();
  await expect(page.locator("#history, .pw-line").first()).toContainText("登记了进度");
  await check(page);
});
