import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, day, enter, fill, form, send } from "./steps";

test.use({ zone: "tracks" });

// What is closed is put right and opened again with a leader's word alone; a department opens what it was sent and answers. By forms alone.

const here = (page: Page) => page.url().replace(/[?#].*/, "");

/** Follows a link of a panel that appears once what was asked for has followed. */
async function follow(page: Page, url: string, panel: string) {
  await expect(async () => {
    await page.goto(url);
    await expect(page.locator(`${panel} .pw-body a`).first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.locator(`${panel} .pw-body a`).first().click();
  await expect(page).toHaveURL(new RegExp(`/${panel.slice(1)}/`));
}

test("a closed hazard is put right, opened again, and sent to a department that answers", async ({ page }) => {
  test.setTimeout(300_000);
  await enter(page, "mengqinglan");
  await page.goto("/hazards?tab=closed");
  await page.locator("main .pw-panel a[href^='/hazards/']").first().click();
  await expect(page).toHaveURL(/\/hazards\/[0-9a-f-]{36}/);
  const url = here(page);

  await form(page, url, "ask_correction");
  await check(page);
  await fill(page, { what: "location", to: "旅程车间东侧", reason: "登记时写错了车间" });
  await choose(page, "批准的领导", "邵景和");
  await send(page, "申请更正");
  await follow(page, url, "#requests");
  await check(page);
  await expect(page.locator("main")).toContainText("旅程车间东侧");
  const request = here(page);

  await enter(page, "shaojinghe");
  await form(page, request, "agree");
  await send(page, "同意");
  await expect(async () => {
    await page.goto(url);
    await expect(page.locator("#corrections")).toContainText("更正为：旅程车间东侧", { timeout: 1000 });
  }).toPass();
  await expect(page.locator("#corrections")).toContainText("孟庆岚申请，邵景和批准");
  await check(page);

  await enter(page, "mengqinglan");
  await form(page, url, "ask_reopening");
  await check(page);
  await fill(page, { found: "回头看发现又堆放杂物", requirement: "清理通道，划线管理", due_on: await day(page, 20) });
  await choose(page, "批准的领导", "邵景和");
  await send(page, "回头看发现问题");
  await follow(page, url, "#requests");
  const again = here(page);
  await enter(page, "shaojinghe");
  await form(page, again, "agree");
  await send(page, "同意");
  await expect(async () => {
    await page.goto(url);
    await expect(page.locator(".pw-round").first()).toContainText("回头看发现：回头看发现又堆放杂物", { timeout: 1000 });
  }).toPass();

  await enter(page, "mengqinglan");
  await form(page, url, "supplement");
  await check(page);
  await fill(page, { points: "补设应急照明\n补设灭火器", reason: "同一车间复核时发现" });
  await send(page, "补充通知");
  await page.goto(url);
  await expect(page.locator(".pw-round").first()).toContainText("补设应急照明");

  await form(page, url, "send_copy");
  await check(page);
  await page.locator('main form [name="unit_id"]').first().selectOption({ label: "县住建局" });
  await fill(page, { tells: "疏散通道属于建筑消防，请依法处理" });
  await send(page, "抄告部门");
  await follow(page, url, "#tracks");
  await check(page);
  const sent = here(page);
  await page.goto(`${sent}/issue_letter?letter=copy_notice`);
  await fill(page, { "said.联系人": "孟庆岚" });
  await send(page, "出具文书");
  await page.goto("/tracks");
  await expect(page.locator("main")).toContainText("县住建局");
  await check(page);

  await enter(page, "zhujianju");
  await page.goto(url);
  await expect(page.locator("h1")).toBeVisible(); // it opens what it was sent
  await page.goto("/tracks");
  await expect(page.locator(`main a[href="/tracks/${sent.split("/").pop()}"]`).first()).toBeVisible();
  await form(page, sent, "reply");
  await check(page);
  await fill(page, { result: "taken", person: "宋闻达" });
  await send(page, "答复是否受理");
  await form(page, sent, "report");
  await fill(page, { result: "result", says: "已责令恢复疏散通道" });
  await send(page, "反馈办理情况");
  await page.goto(sent);
  await expect(page.locator("main")).toContainText("已办结");
  await check(page);
});

test("the ladder proposes an interview, and an enterprise that is called reads why, and reports", async ({ page }) => {
  test.setTimeout(240_000);
  const hazard = async (title: string) => {
    await page.goto("/hazards?tab=open");
    await page.locator("main .pw-panel a[href^='/hazards/']").filter({ hasText: title }).first().click();
    await expect(page).toHaveURL(/\/hazards\/[0-9a-f-]{36}/);
    return here(page);
  };
  await enter(page, "mengqinglan");
  await hazard("配电柜接地线脱落"); // eight working days late
  await page.locator("a.btn-primary").filter({ hasText: "约谈企业" }).first().click();
  await expect(page.locator('main form [name="reason"]')).toHaveValue(/配电柜接地线脱落.*应于2024年11月6日前完成，至今没有完成。/);
  await expect(page.locator('main form [name="who"]')).toHaveValue("主要负责人");
  await expect(page.locator('main form [name="on"]')).toHaveValue(await day(page, 3));
  await check(page);

  const url = await hazard("涂装区可燃气体报警器失灵"); // of the enterprise whose contact has an account
  await form(page, url, "summon");
  await fill(page, { reason: "报警器多次失灵，请说明原因", who: "主要负责人", called_by: "安监科", on: await day(page, 8), where: "管委会二楼会议室" });
  await page.locator("main").getByRole("button", { name: "约谈企业", exact: true }).last().click();
  await expect(page.locator("main")).toContainText("约谈最迟应在");
  await fill(page, { on: await day(page, 0) }); // held the same day
  await send(page, "约谈企业");
  await follow(page, url, "#tracks");
  const called = here(page);
  await form(page, called, "meet");
  await check(page);
  await fill(page, { result: "held", person: "厂长 示例甲", says: "说明了失灵的原因", wants: "月底前更换并标定" });
  await send(page, "记录约谈");

  await enter(page, "qiye");
  await page.goto(called);
  await check(page);
  await expect(page.locator("main")).toContainText("报警器多次失灵，请说明原因");
  await expect(page.locator("main")).toContainText("月底前更换并标定");
  await expect(page.locator("main")).not.toContainText("孟庆岚");
  await form(page, called, "report");
  await check(page);
  await fill(page, { result: "result", says: "已更换报警器并重新标定" });
  await send(page, "反馈办理情况");
  await page.goto(called);
  await expect(page.locator("main")).toContainText("已办结");
});
