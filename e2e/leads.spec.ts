import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, day, signIn, unfold } from "./steps";

test.use({ zone: "leads" });

// A lead from the first word to its end, what may be on file already, a request for more time, and the project on one page.

/** Does a deed of the case that the page shows: by its button, or under 更多. */
async function deed(page: Page, name: string) {
  await unfold(page);
  await page.getByRole("link", { name, exact: true }).first().click();
}

async function send(page: Page, name: string) {
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
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
  await expect(page.getByText("线索池").first()).toBeVisible();
  await check(page);
  await page.goto("/funnel");
  await expect(page.getByRole("link", { name: /线索池/ })).toBeVisible();
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
