import { expect } from "@playwright/test";
import { test } from "./program";
import { check, choose, sift, signIn, unfold } from "./steps";

test.use({ zone: "time" });

// These journeys run last in the file order: they turn the demo's clock, which other journeys must not notice.


test("a due date opens into its ledger and its future", async ({ page }, info) => {
  await signIn(page, "shaojinghe");
  await page.goto("/projects?view=list&q=煊炑");
  await page.locator('a[href$="/deadline"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("期限说明");
  await expect(page.getByText("起算日，当天不计入")).toBeVisible();
  await expect(page.getByRole("heading", { name: "如果没有人处理" })).toBeVisible();
  await expect(page.getByText("到领导案头").first()).toBeVisible();
  await check(page);
  if (process.env.SHOTS === "1") await page.screenshot({ path: `../docs/img/deadline-${info.project.name}.png`, fullPage: true });
  const csv = await page.request.get(`${page.url()}?format=csv`);
  expect(await csv.text()).toContain("自然日，计入");
  expect((await page.request.get(`${page.url()}?format=xlsx`)).headers()["content-type"]).toContain("spreadsheetml");
  await page.goto("/forecast");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("未来两周");
  await check(page);
});

test("a holiday is previewed, put into force and taken back", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/calendar");
  await check(page);
  const lines = page.getByLabel("放假和调休上班的日子");
  const before = await lines.inputValue();
  await lines.fill("2024-10-01 歇 国庆节");
  await page.getByRole("button", { name: "预览影响" }).click();
  await expect(page.getByText("应是「休」或「班」").first()).toBeVisible();
  await expect(lines).toHaveValue(/歇/); // what was typed is kept
  await lines.fill(`${before}\n2024-12-04 休 ${info.project.name}`);
  await page.getByRole("button", { name: "预览影响" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("日历调整预览");
  await expect(page.getByText(`放假 ${info.project.name}`)).toBeVisible();
  await check(page);
  await page.getByLabel("原因").fill("县里通知");
  await page.getByRole("button", { name: "启用新日历" }).click();
  await expect(page.getByText("新日历已启用")).toBeVisible();
  await page.getByRole("button", { name: "撤销这次调整" }).click();
  await page.getByLabel("原因").fill("通知收回");
  await page.getByRole("button", { name: "启用新日历" }).click();
  await expect(page.getByText("新日历已启用")).toBeVisible();
  await expect(lines).toHaveValue(before);
});

test("people choose how they are told, and who stands in", async ({ page }, info) => {
  await signIn(page, info.project.name === "phone" ? "baobao02" : "baobao03");
  await page.goto("/account/reminders");
  await check(page);
  await page.getByLabel("邮箱").fill("not a mailbox");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("邮箱应写成").first()).toBeVisible();
  await page.getByLabel("邮箱").fill("jiang@example.org");
  await page.getByLabel("每日汇总时间").fill("09:15");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByLabel("每日汇总时间")).toHaveValue("09:15");
  await page.getByRole("combobox", { name: /^代理人/ }).click();
  await page.getByRole("listbox").getByRole("option").first().click();
  await page.getByLabel("到", { exact: false }).last().fill("2025-01-31");
  await page.getByRole("button", { name: "登记外出" }).click();
  await expect(page.getByRole("button", { name: "取消" })).toBeVisible();
});

test("a channel is added with its secrets masked, and inner addresses are refused", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/channels");
  await check(page);
  const name = `群 ${info.project.name}`;
  await expect(page.getByLabel("邮件服务器")).toBeHidden();
  await page.getByLabel("种类", { exact: true }).selectOption("mail");
  await expect(page.getByLabel("邮件服务器")).toBeVisible();
  await expect(page.getByLabel("机器人或接收方地址")).toBeHidden();
  await page.getByLabel("种类", { exact: true }).selectOption("dingtalk");
  await expect(page.getByLabel("签名密钥")).toBeVisible();
  await page.getByLabel("种类", { exact: true }).selectOption("wecom");
  await expect(page.getByLabel("签名密钥")).toBeHidden(); // only what the kind needs is asked
  await page.getByLabel("名称", { exact: true }).fill(name);
  await page.getByRole("button", { name: "添加渠道" }).click();
  await expect(page.getByText("完整地址").first()).toBeVisible();
  await expect(page.getByLabel("种类", { exact: true })).toHaveValue("wecom"); // what was typed is kept
  await expect(page.getByLabel("名称", { exact: true })).toHaveValue(name);
  await page.getByLabel("机器人或接收方地址").fill("http://127.0.0.1:1/cgi-bin/webhook/send?key=0123456789abcdef");
  await page.getByRole("button", { name: "添加渠道" }).click();
  await expect(page.getByText("••••")).toHaveCount(1);
  expect(await page.content()).not.toContain("0123456789");
  await page.getByRole("button", { name: `试发 ${name}` }).click();
  await expect(page.getByText("内部地址")).toBeAttached();
  await check(page);
  await page.goto("/deliveries");
  await check(page);
});

test("work is watched, kept as a selection and handed over in bulk", async ({ page }, info) => {
  await signIn(page, "luzhiyuan");
  await page.goto("/projects?view=list&sector=textile");
  await sift(page);
  await page.getByLabel("给这个筛选起名").fill(`纺织 ${info.project.name}`);
  await page.getByRole("button", { name: "保存筛选" }).click();
  await expect(page.locator(".pw-saved-group a", { hasText: `纺织 ${info.project.name}` })).toBeAttached(); // where the window folds the conditions it is under 筛选
  await check(page);
  await page.goto("/");
  await check(page);
  const boxes = page.getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "批量转交" }).click();
  await expect(page.getByText("把选中的 2 件交给同一个人")).toBeVisible();
  await check(page);
  await choose(page, "同事", "顾清禾");
  await page.getByLabel("原因").fill("分工调整");
  await page.getByRole("button", { name: "转交" }).click();
  await expect(page.getByText("已转交")).toHaveCount(2);
  await page.locator("table a").first().click();
  await unfold(page);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "关注" }).click()]); // the page comes anew, with its menu closed
  await unfold(page);
  await expect(page.getByRole("button", { name: "取消关注" })).toBeVisible();
  await page.goto("/?tab=watched");
  await expect(page.locator(".pw-row")).not.toHaveCount(0);
});

test("an open page shows a change by itself", async ({ page, browser }, info) => {
  test.slow(); // a list that has just looked looks for what it does not show yet within a minute
  await signIn(page, "luzhiyuan");
  await page.goto("/"); // its stream is a worker's, which no test can watch
  const other = await browser.newPage();
  await signIn(other, "shaojinghe");
  const title = info.project.name === "phone" ? "逸安家居技改" : "佳禾食品租赁厂房";
  await other.goto(`/projects?view=list&q=${title}`);
  await other.getByRole("link", { name: title, exact: true }).first().click();
  await other.getByRole("link", { name: "转交" }).click();
  await choose(other, "交给", "lzy", "陆致远");
  await other.getByLabel("原因").fill("请接手");
  await other.getByRole("button", { name: "转交" }).click();
  await expect(page.locator("[data-live]").getByRole("link", { name: title, exact: true }).first()).toBeVisible({ timeout: 65_000 });
  await other.close();
});

test("a demo's clock plays two weeks of reminders", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/clock");
  await check(page);
  await page.getByRole("button", { name: "快进 7 个自然日" }).click();
  await expect(page.locator("[data-refresh]")).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByText("不是真实时间")).toBeVisible();
  await page.goto("/deliveries");
  await expect(page.locator("tbody tr")).not.toHaveCount(0);
  await check(page);
  await page.goto("/sign-in");
  await signIn(page, "shaojinghe");
  await page.goto("/notices");
  await expect(page.getByText("每日简报").first()).toBeVisible();
  await page.getByRole("button", { name: "收到" }).first().click();
  await expect(page.getByText("已确认").first()).toBeVisible();
  await check(page);
  expect((await page.request.get("/clock")).status()).toBe(403); // for administrators only
  if (process.env.SHOTS === "1") await page.screenshot({ path: `../docs/img/notices-${info.project.name}.png` });
});
