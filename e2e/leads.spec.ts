import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, day, send, signIn, unfold } from "./steps";

test.use({ zone: "leads" });

// A lead from the first word to its end, what may be on file already, a request for more time, and the project on one page.

/** Does a deed of the case that the page shows: by its button, or under 更多. */
async function deed(page: Page, name: string) {
  await unfold(page);
  await page.getByRole("link", { name, exact: true }).first().click();
}

test("what may be on file is said while a lead is typed, by name, other name, telephone and enterprise", async ({ page }) => {
  await signIn(page, "guqinghe");
  await page.goto("/projects/open");
  const known = page.locator(".pw-alike"), said = page.locator("form[data-alike] > [role=status]");
  await expect(known).toHaveCount(0);
  await page.getByLabel(/^项目名称/).pressSequentially("光伏支架扩产（虚构示例）");
  await expect(known).toContainText("名称相同");
  await expect(said).toContainText("光伏支架扩产");
  await check(page);
  await page.getByLabel(/^项目名称/).press("Tab"); // the next stop of the keyboard is the one that it may be
  await expect(known.getByRole("link")).toBeFocused();
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Enter")]);
  await expect(other.getByRole("heading", { level: 1 })).toContainText("光伏支架扩产");
  await other.close();
  await expect(page.getByLabel(/^项目名称/)).toHaveValue("光伏支架扩产（虚构示例）"); // what was typed stays
  await page.getByLabel(/^项目名称/).fill("另一条生产线");
  await expect(known).toHaveCount(0);
  await expect(said).toHaveText("");
  await page.getByLabel(/^(对方)?联系电话/).fill("05570000001");
  await expect(known).toContainText("联系电话相同");
  await page.getByLabel(/^(对方)?联系电话/).fill("");
  await expect(known).toHaveCount(0);
  await choose(page, "企业", "知远食品");
  await expect(known).toContainText("同一家企业");
  await page.getByLabel(/^目前阶段/).selectOption("construction"); // signed elsewhere: nobody asks
  await expect(known).toHaveCount(0);
});

test("a lead is opened, spoken to, given back, taken and lost", async ({ page }, info) => {
  test.slow();
  const title = `轻量化底盘件${info.project.name === "phone" ? "二" : "一"}期`;
  await signIn(page, "guqinghe");
  await page.goto("/projects/open");
  await page.getByLabel(/^项目名称/).fill(title);
  await choose(page, "企业", "问渠纺织");
  await page.locator("[name='facts.sector']").selectOption("textile");
  await page.locator("[name='facts.site_mode']").selectOption("leased_plant");
  await page.getByRole("button", { name: "新建项目" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const url = page.url();
  await check(page);

  await page.goto(`${url}/contact`);
  await page.getByLabel("谈了什么").fill("看过标准化厂房，回去商量");
  await page.getByLabel(/^下次跟进日期/).fill(await day(page, 3));
  await check(page);
  await page.getByRole("button", { name: "登记跟进" }).last().click();
  await expect(page.getByText("看过标准化厂房，回去商量").first()).toBeVisible();

  await page.goto(`${url}/release`);
  await page.getByLabel(/原因/).fill("对方年内不定，暂不跟进");
  await page.getByRole("button", { name: "退回线索池" }).last().click();
  await page.waitForURL(url); // the button's own words name the pool, too
  await expect(page.getByText("线索池").first()).toBeVisible();
  await check(page);
  await page.goto("/funnel");
  await expect(page.locator("td a[href*='state=pooled']")).toBeVisible();
  await check(page);

  await page.context().clearCookies();
  await signIn(page, "liangyining");
  await page.goto("/projects?view=list&state=pooled");
  await page.getByRole("link", { name: title }).first().click();
  await deed(page, "领取线索");
  await page.getByRole("button", { name: "领取线索" }).last().click();
  await expect(page.locator(".pw-facts")).toContainText("梁以宁");
  await page.goto(`${url}/terminate`);
  await page.getByLabel("原因类别").selectOption("elsewhere");
  await page.locator("textarea[name=reason]").fill("来电告知已在邻县签约");
  await page.getByRole("button", { name: "终止" }).last().click();
  await expect(page.getByText("来电告知已在邻县签约").first()).toBeVisible();
  await check(page);
  await page.goto("/funnel");
  await expect(page.getByRole("table").last()).toContainText("落户别处");
});

test("a manager asks for more time, the leader finds it in hand, and both see what came of it", async ({ page }, info) => {
  test.slow();
  const task = info.project.name === "phone" ? "老旧雨污管网改造方案" : "标准化厂房三期配套道路完工";
  const [asker, agrees] = info.project.name === "phone" ? ["liangyining", false] : ["luzhiyuan", true];
  await signIn(page, asker as string);
  const until = await day(page, 25); // 2024年12月13日, a Friday
  await page.goto(`/plan-tasks?q=${encodeURIComponent(task)}`);
  await page.getByRole("link", { name: new RegExp(task) }).first().click();
  const url = page.url();
  await expect(page.locator(".pw-side")).not.toContainText("延期申请"); // it is no ledger of the menu
  await deed(page, "申请延期");
  await expect(page.getByLabel("事项编号")).toHaveValue(/^RW-2024-/);
  await page.getByLabel(/^新的期限/).fill("2024-01-05");
  await page.getByLabel("不能按期完成的原因").fill("连续阴雨，路面无法施工");
  await page.getByLabel("保证按新期限完成的措施").fill("增加一个班组");
  await choose(page, "谁来批复", "邵景和");
  await page.getByRole("button", { name: "申请延期" }).last().click();
  await expect(page.locator(".is-wrong")).toContainText("新的日期不晚于现在的期限");
  await check(page);
  await page.getByLabel(/^新的期限/).fill(until);
  await page.getByRole("button", { name: "申请延期" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`延期申请（${task}`);
  await check(page);
  const request = page.url();
  await page.goto(url);
  await expect(page.locator("#requests")).toContainText("待批复");
  await expect(page.locator("#requests")).toContainText("等邵景和批复");
  await check(page);

  await page.context().clearCookies();
  await signIn(page, "shaojinghe");
  const mine = page.locator(".pw-row", { hasText: `延期申请（${task}` }).first();
  await expect(mine).toContainText("批复延期申请");
  await page.goto(`${request}/${agrees ? "agree" : "refuse"}`);
  await check(page);
  await page.locator("textarea").first().fill(agrees ? "同意，务必按期完成" : "工期已有余量，请增加班组");
  await page.getByRole("button", { name: agrees ? "同意延期" : "不同意延期" }).last().click();
  await expect(page.locator(".pw-facts")).toContainText(agrees ? "已同意" : "不同意");

  await page.context().clearCookies();
  await signIn(page, asker as string);
  await page.goto("/notices");
  await expect(page.locator(".pw-row", { hasText: `延期申请（${task}` }).first()).toContainText(agrees ? "已同意" : "没有同意");
  await page.goto(url);
  await expect(page.locator("#requests")).toContainText(agrees ? "同意，务必按期完成" : "工期已有余量");
  if (agrees) await expect(page.locator(".pw-facts")).toContainText("12月13日");
  else await expect(page.locator(".pw-facts")).not.toContainText("12月13日");
});

test("a project's first line says what comes next, and its one page is one sheet of paper", async ({ page }) => {
  await signIn(page, "shaojinghe");
  for (const title of ["莱卡织造", "预制菜中央厨房", "松石光伏科技项目"]) {
    await page.goto(`/projects?view=list&q=${encodeURIComponent(title)}`);
    await page.locator("h3 a", { hasText: title }).first().click();
    await expect(page.locator(".pw-aim")).toContainText(/进入「.+」还差 \d+ 项|可以进入/);
    const lacking = page.locator(".pw-aim a"); // none where nothing is lacking
    if (await lacking.count()) {
      await lacking.first().click();
      await expect(page.locator("#gate")).toBeInViewport();
    }
    await page.locator(".pw-tabs").getByRole("link", { name: "一页纸" }).click();
    await expect(page.locator(".pw-brief")).toContainText(/进入「.+」还差 \d+ 项|可以进入/);
    await check(page);
    await page.emulateMedia({ media: "print" });
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    await page.emulateMedia({ media: null });
    expect(paper.match(/\/Type\s*\/Page\b/g), title).toHaveLength(1);
  }
});
