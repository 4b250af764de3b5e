import { expect } from "@playwright/test";
import { test } from "./program";
import { after, check, choose, day, enter, fill, form, photo, send } from "./steps";

test.use({ zone: "addressed" });

// Plant in plant 厂中厂: a supervisor addresses one hazard to landlord and tenant; both find it in their portals as theirs to do, the second hands in, and both hear that it is closed.

test("landlord and tenant are addressed together, one of them hands in, and both hear the end", async ({ page }, info) => {
  test.setTimeout(240_000);
  const words = "配电箱电缆裸露，出租方和承租方都要整改";
  await enter(page, "mengqinglan");
  await page.goto("/hazards/record");
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await choose(page, "同时下达给", "莱卡", "莱卡织造");
  await choose(page, "同时下达给", "盈川", "盈川家居");
  await choose(page, "同时下达给", "松石", "松石光伏科技"); // one too many is taken out again
  await page.getByRole("button", { name: "去掉 松石光伏科技" }).click();
  await page.getByLabel("部位").fill("2 号厂房一层");
  await page.getByLabel("隐患描述").fill(words);
  await check(page);
  await page.screenshot({ path: `test-results/addressed-record-${info.project.name}.png`, fullPage: true });
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
  const url = page.url().replace(/[?#].*/, "");
  for (const firm of ["莱卡织造", "盈川家居"]) await expect(page.locator(".pw-meta").first()).toContainText(`同时下达 ${firm}`);
  await form(page, url, "issue_notice");
  await fill(page, { requirement: "更换电缆，加装防护", due_on: await day(page, 10) });
  await choose(page, "另一名检查人员", "丁文", "丁文笙");
  await send(page, "下达整改通知");

  for (const firm of ["qiye", "laika"]) {
    await enter(page, firm);
    await page.goto("/");
    await expect(page.locator("main")).toContainText(words);
    await page.goto("/hazards");
    await expect(page.locator("main")).toContainText(words);
    await page.goto(url);
    await expect(page.locator(".pw-meta").first()).toContainText("莱卡织造");
    await check(page);
    await page.screenshot({ path: `test-results/addressed-${firm}-${info.project.name}.png`, fullPage: true });
  }
  await form(page, url, "hand_in");
  await fill(page, { measures: "电缆已经更换" });
  await page.locator("main form input[type=file]").setInputFiles(after);
  await send(page, "提交整改结果");

  await enter(page, "qiye");
  await page.goto(url);
  await expect(page.locator("main")).toContainText("莱卡织造");
  await expect(page.locator("main")).not.toContainText("祁连生");
  await page.goto("/notices");
  await expect(page.locator("main")).toContainText("整改结果已报送");

  await enter(page, "mengqinglan");
  await page.goto(url);
  await expect(page.locator("main")).toContainText("代表莱卡织造");
  await form(page, url, "unaddress");
  await check(page);
  await form(page, url, "address");
  await check(page);
  await form(page, url, "reinspect");
  await fill(page, { result: "pass", opinion: "合格" });
  await choose(page, "另一名检查人员", "丁文", "丁文笙");
  await send(page, "记录复查结论");

  for (const firm of ["qiye", "laika"]) {
    await enter(page, firm);
    await page.goto("/notices");
    await expect(page.locator("main")).toContainText("已办结");
    await expect(page.locator("main")).toContainText(words);
  }
});
