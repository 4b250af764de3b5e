import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, photo, signIn } from "./steps";

test.use({ zone: "typed" });

// Nothing typed is lost or changed.

/** Opens a project and returns its address. */
async function project(page: Page, title: string, investment: string) {
  await page.goto("/projects/open");
  await page.getByLabel("项目名称").fill(title);
  await choose(page, "企业", "lkzz", "莱卡织造");
  await page.getByLabel("行业", { exact: true }).selectOption({ label: "纺织服装" });
  await page.getByLabel("用地方式").selectOption({ label: "单独供地" });
  await page.getByLabel("总投资").fill(investment);
  await page.getByLabel("可能重复时，仍要登记的原因").fill("同一企业的另一个项目"); // the tests of this file share the company
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return page.url();
}

const edit = async (page: Page, reason: string) => {
  await page.getByLabel("原因").fill(reason);
  await page.getByRole("button", { name: "修改信息" }).click();
};
const done = (page: Page) => expect(page.getByRole("status")).toHaveText("已办理。");

test("an amount is understood, asked back where it is not clear, and exact through every form", async ({ page }, info) => {
  await signIn(page, "luzhiyuan");
  const url = await project(page, `精确项目 ${info.project.name}`, "１２３４．５６７８９");
  await expect(page.getByText(/总投资\S* 1,234.57 万元/).first()).toBeVisible();
  await page.goto(url + "/edit");
  await expect(page.getByLabel("总投资")).toHaveValue("1234.56789");
  await page.getByLabel("项目代码").fill("2411-341324-04-01-123456");
  await edit(page, "补充代码");
  await done(page);
  await page.goto(url + "/edit");
  await expect(page.getByLabel("总投资")).toHaveValue("1234.56789");

  await page.getByLabel("总投资").fill("12345678");
  await edit(page, "更正");
  await expect(page.getByText("单位不清楚").first()).toBeVisible();
  await expect(page.getByLabel("总投资")).toHaveValue("12345678");
  await check(page);
  for (const [typed, shown] of [["2.6亿元", "2.60 亿元"], ["400万元", "400 万元"], ["26000万元", "2.60 亿元"]]) {
    await page.goto(url + "/edit");
    await page.getByLabel("总投资").fill(typed);
    await edit(page, `改为 ${typed}`);
    await done(page);
    await expect(page.getByText(new RegExp(`总投资\\S* ${shown}`)).first()).toBeVisible();
  }
});

test("days are typed as people write them, an emptied field stays empty, and line breaks are shown", async ({ page }, info) => {
  await signIn(page, "luzhiyuan");
  const url = await project(page, `日期项目 ${info.project.name}`, "36000");
  await page.goto(url + "/edit");
  await check(page);
  await page.getByLabel("计划竣工").fill("2026年12月4日");
  await page.getByLabel("计划投产").fill("２０２７/３/1");
  await page.getByLabel("项目代码").fill("2411-341324-04-01-123456");
  await page.getByLabel("备注").fill("第一行\n第二行");
  await edit(page, "补充");
  await done(page);
  const note = page.locator("dd.pw-typed", { hasText: "第一行" });
  expect(await note.evaluate((e) => (e as HTMLElement).innerText)).toBe("第一行\n第二行");
  await page.goto(url + "/edit");
  await expect(page.getByLabel("计划竣工")).toHaveValue("2026-12-04");
  await expect(page.getByLabel("计划投产")).toHaveValue("2027-03-01");
  for (const label of ["计划竣工", "项目代码", "备注"]) await page.getByLabel(label).fill("");
  await edit(page, "清空");
  await done(page);
  await page.goto(url + "/edit");
  for (const label of ["计划竣工", "项目代码", "备注"]) await expect(page.getByLabel(label)).toHaveValue("");
  await expect(page.getByLabel("计划投产")).toHaveValue("2027-03-01");
  await page.getByLabel("计划竣工").fill("12月4日");
  await edit(page, "更正");
  await expect(page.getByText("请把年份也写上").first()).toBeVisible();

  // ten lines are 3,999 characters: a line break is one, though a browser sends two
  const long = Array(10).fill("字".repeat(399)).join("\n");
  await page.goto(url + "/edit");
  await page.getByLabel("备注").fill(long);
  await edit(page, "写满");
  await done(page);
  await page.goto(url + "/edit");
  await expect(page.getByLabel("备注")).toHaveValue(long);
});

test("whoever comes second sees what changed, field by field, and changes only what they changed", async ({ page, browser }, info) => {
  await signIn(page, "luzhiyuan");
  const url = await project(page, `两人项目 ${info.project.name}`, "36000");
  const other = await browser.newContext({ locale: "zh-CN", viewport: page.viewportSize()! });
  const boss = await other.newPage();
  await signIn(boss, "shaojinghe");
  await boss.goto(url + "/edit");
  await boss.getByLabel("备注").fill("领导的备注");
  await boss.getByLabel("项目代码").fill("2411-341324-04-01-999999");

  await page.goto(url + "/edit");
  await page.getByLabel("总投资").fill("5000");
  await page.getByLabel("备注").fill("经理的备注");
  await edit(page, "经理先改");
  await done(page);

  await edit(boss, "领导后改");
  await expect(boss.getByRole("alert")).toContainText(/陆致远在.*先办理了：修改了信息/);
  await expect(boss.getByRole("alert")).toContainText("3.6 亿元 → 5,000 万元");
  await expect(boss.getByText("有人把这一项从「空」改成了「经理的备注」")).toBeVisible();
  await expect(boss.getByLabel("总投资")).toHaveValue("5000");
  await expect(boss.getByLabel("备注")).toHaveValue("领导的备注");
  await check(boss);
  await boss.getByRole("link", { name: "看最新情况" }).click();
  await expect(boss.getByRole("heading", { level: 1 })).toHaveText(`两人项目 ${info.project.name}`);
  await boss.goBack();
  await expect(boss.getByLabel("项目代码")).toHaveValue("2411-341324-04-01-999999");
  await boss.getByRole("button", { name: "修改信息" }).click();
  await done(boss);
  await expect(boss.getByText(/总投资\S* 5,000 万元/).first()).toBeVisible();
  await boss.goto(url + "/edit");
  await expect(boss.getByLabel("备注")).toHaveValue("领导的备注");
  await expect(boss.getByLabel("项目代码")).toHaveValue("2411-341324-04-01-999999");

  // what only adds makes nobody's form old, and is not refused because of others
  await boss.goto(url + "/edit");
  await page.goto(url + "/comment");
  await page.getByLabel("意见", { exact: true }).fill("一句话");
  await boss.getByLabel("项目代码").fill("");
  await page.getByRole("button", { name: "写意见" }).click();
  await done(page);
  await edit(boss, "清空代码");
  await done(boss);
  await other.close();
});

test("a refused form keeps its photos, is there after going back, and is recorded once", async ({ page }, info) => {
  const words = `被退回的表 ${info.project.name}`;
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await page.getByLabel("照片或材料").setInputFiles([photo, { name: "说明.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ not a picture") }]);
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByLabel("部位").fill("3# 车间");
  await page.getByLabel("隐患描述").fill(`${words}\n第二行`);
  await expect(page.getByText("「说明.exe」").first()).toBeVisible(); // at once; and by the server, where no script says so
  await page.getByLabel("照片或材料").evaluate((input: HTMLInputElement) => input.setCustomValidity(""));
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page).toHaveURL(/draft=/);
  await expect(page.getByText("「说明.exe」").first()).toBeVisible();
  await expect(page.getByLabel("已收到：现场.png")).toBeChecked();
  await check(page);
  await page.goto("/hazards");
  await page.goBack();
  await expect(page.getByLabel("隐患描述")).toHaveValue(`${words}\n第二行`);
  await expect(page.getByLabel("已收到：现场.png")).toBeChecked();
  await page.getByLabel("照片或材料").setInputFiles(photo); // the same picture once more is still one
  const body = await page.evaluate(() => [...new FormData(document.querySelector<HTMLFormElement>(".pw-form")!)].filter(([, v]) => typeof v === "string").map(([k, v]) => [k, String(v)]));
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
  await expect(page.locator(".pw-photos img")).toHaveCount(1);
  const url = page.url();

  // the same form once more, and then a changed one under the key that is used up
  const form = (fields: string[][]) => new URLSearchParams(fields).toString();
  const send = (fields: string[][]) => page.request.post("/hazards/record", { data: form(fields), headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" }, maxRedirects: 0 });
  const changed = body.map(([k, v]) => [k, k === "location" ? "4# 车间" : v]);
  const second = await send(changed);
  expect(second.status()).toBe(303);
  await page.goto(second.headers().location);
  await expect(page.getByRole("alert")).toContainText("已经提交过一次，并已登记");
  await expect(page.getByLabel("部位")).toHaveValue("4# 车间");
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
  expect(page.url()).not.toBe(url);
});

test("a session that ends in the middle of a form is renewed in place", async ({ page, context }, info) => {
  const words = `登录过期 ${info.project.name}`;
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await page.getByLabel("照片或材料").setInputFiles(photo);
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByLabel("部位").fill("5# 车间");
  await page.getByLabel("隐患描述").fill(words);
  await context.clearCookies({ name: "parkway_session" });
  await page.getByRole("button", { name: "登记隐患" }).click();
  const again = page.getByRole("dialog", { name: "登录已过期" });
  await expect(again).toBeVisible();
  await again.getByLabel("密码").fill("wrong");
  await again.getByRole("button", { name: "登录" }).click();
  await expect(again.getByRole("alert")).toContainText("账号或密码不对");
  await check(page);
  await again.getByLabel("密码").fill("parkway-demo");
  await again.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
  await expect(page.locator(".pw-photos img")).toHaveCount(1);
});
