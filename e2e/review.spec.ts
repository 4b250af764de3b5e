import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, day, fill, form, photo, send, signIn } from "./steps";

test.use({ zone: "review" });

// A project from the departments' opinions through the joint review, its conditions and what was recognised of it to its enrolment in statistics: by forms alone.

async function answer(page: Page, url: string, requirement: string, paper = false) {
  await form(page, url, "answer");
  await fill(page, { requirement, answer: "yes" });
  if (paper) await page.locator("main form input[type=file]").first().setInputFiles(photo);
  await send(page, "填报关口要求");
}

async function advance(page: Page, url: string, to: string) {
  await form(page, url, "advance");
  await send(page, "进入下一阶段");
  await expect(page.locator(".pw-facts")).toContainText(to);
}

test("a project goes from the opinions through the review to its enrolment", async ({ page }, info) => {
  test.setTimeout(300_000);
  const title = `联审旅程样本${info.project.name === "phone" ? "乙" : "甲"}`;
  await signIn(page, "luzhiyuan");
  const today = await day(page, 0);
  await page.goto("/projects/open");
  await page.getByLabel(/^项目名称/).fill(title);
  await choose(page, "企业", "问渠纺织");
  await fill(page, { entry_stage: "negotiation", "facts.sector": "textile", "facts.site_mode": "leased_plant", "facts.investment": "8000万元" });
  await page.locator("main").getByRole("button", { name: "新建项目" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const url = page.url().replace(/[?#].*/, "");
  const number = (await page.locator(".pw-meta span").first().innerText()).trim();

  await form(page, url, "ask_opinions");
  await check(page);
  await expect(page.locator('main form input[name="departments"]:checked')).toHaveCount(5); // those that the gate names
  await send(page, "征求部门意见");
  await expect(page.locator("#review")).toContainText("应急局");
  await check(page);
  const said: Record<string, Record<string, string>> = {
    发改委: { "answers.entry_limits": "yes", "answers.energy": "900", "answers.two_highs": "no" },
    工信局: { "answers.entry_limits": "yes", "answers.output": "30000" },
    自规局: { "answers.land_fits": "yes", "answers.land_needed": "42" },
    生态环境分局: { "answers.pollution": "treatable", "answers.zone_eia": "yes" },
    应急局: { "answers.dangerous": "no" },
  };
  for (const [department, answers] of Object.entries(said)) {
    await page.goto(url);
    await page.locator("#review").getByRole("link", { name: department }).click();
    const opinion = page.url().replace(/[?#].*/, "");
    await form(page, opinion, "give");
    if (department === "发改委") await check(page);
    await fill(page, { verdict: "agreed", ...answers });
    await page.locator("main form input[type=file]").first().setInputFiles(photo); // whoever records it for the department attaches its letter
    await send(page, "出具意见");
  }
  await answer(page, url, "project_brief");
  await advance(page, url, "联审");

  await page.goto("/meetings/convene");
  await check(page);
  await fill(page, { title: `${title}会议`, on: today, projects: number });
  await send(page, "召集会议");
  const meeting = page.url().replace(/[?#].*/, "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title}会议`);
  await form(page, meeting, "resolve");
  await fill(page, { project: number, result: "conditional" });
  await page.locator("main").getByRole("button", { name: "登记结果", exact: true }).last().click();
  await expect(page.locator(".is-wrong").first()).toContainText("有条件通过的要写明条件"); // and what was typed stays
  await fill(page, { condition: "投资协议写明亩均税收不低于 15 万元", stage: "signed", owed_by: "招商科" });
  await check(page);
  await send(page, "登记结果");
  await form(page, meeting, "conclude");
  await fill(page, { minutes: "联审纪要样本〔2024〕9号" });
  await page.locator("main form input[type=file]").first().setInputFiles(photo);
  await send(page, "登记纪要");
  await check(page);
  await expect(async () => { // what the meeting decided follows on the project
    await page.goto(url);
    await expect(page.locator("#review")).toContainText("联审纪要样本〔2024〕9号", { timeout: 1000 });
  }).toPass();
  await check(page);
  await advance(page, url, "签约");

  await expect(page.locator("#gate")).toContainText("联审条件：投资协议写明亩均税收不低于 15 万元");
  await form(page, url, "sign");
  await fill(page, { number: "泗涂招样本〔2024〕31号", signed_on: "2024-11-18" });
  await page.locator("main form input[type=file]").first().setInputFiles(photo);
  await send(page, "登记协议");
  await form(page, url, "introduce");
  await fill(page, { unit: "园区招商科", share: "100" });
  await send(page, "登记引荐单位");
  await answer(page, url, "condition_1", true);
  await expect(page.locator("#review")).toContainText("已落实");
  await advance(page, url, "报建"); // no land is supplied for a leased plant

  await form(page, url, "recognise");
  await fill(page, { what: "signed", verdict: "counted", on: await day(page, -1), by: "县发改委" });
  await page.locator("main").getByRole("button", { name: "登记认定", exact: true }).last().click();
  await expect(page.locator(".is-wrong").first()).toContainText("早于实际日期");
  await check(page);
  await fill(page, { on: today });
  await send(page, "登记认定");
  await expect(page.locator("#recognition")).toContainText("计入");

  await form(page, url, "skip");
  await fill(page, { reason: "租用厂房，不动主体结构" });
  await send(page, "按规则跳过本阶段");
  await expect(async () => { // entering construction puts the enrolment on file
    await page.goto(`/enrolments?q=${encodeURIComponent(title)}`);
    await page.getByRole("link", { name: new RegExp(title) }).first().click({ timeout: 1000 });
  }).toPass();
  const enrolment = page.url().replace(/[?#].*/, "");
  await check(page);
  await form(page, enrolment, "enrol");
  await fill(page, { code: "341324-2024-0099" });
  await send(page, "登记列统");
  await expect(page.getByText("已列统").first()).toBeVisible();
  await page.goto(url);
  await check(page);
});
