import { expect } from "@playwright/test";
import { test } from "./program";
import { after, check, choose, day, photo, signIn } from "./steps";

test.use({ zone: "journeys" });

test("every page is readable, accessible and translated", async ({ page }, info) => {
  test.slow(); // a dozen pages, each gone through rule by rule
  await page.goto("/sign-in");
  await check(page);
  await signIn(page, "luzhiyuan");
  const shots = process.env.SHOTS === "1";
  for (const [name, path] of [["work", "/"], ["board", "/projects"], ["list", "/projects?view=list"], ["hazards", "/hazards"], ["closed", "/hazards?tab=closed&found=2024"], ["search", "/search?q=莱卡"],
    ["notices", "/notices"], ["account", "/account"], ["enterprises", "/enterprises"], ["open", "/projects/open"], ["api", "/api"]]) {
    await page.goto(path);
    await check(page);
    if (shots) await page.screenshot({ path: `../docs/img/${name}-${info.project.name}.png` });
  }
  await page.goto("/projects?view=list&q=煊炑");
  await page.getByRole("link", { name: "煊炑生物", exact: true }).first().click();
  await check(page);
  if (shots) await page.screenshot({ path: `../docs/img/project-${info.project.name}.png`, fullPage: true });
  await page.getByRole("link", { name: "核验未被改动" }).click();
  await expect(page.getByText(/条经过，\d+ 项内容，\d+ 个文件，都和写入时一样/)).toBeVisible();
  await check(page);
});

test("the pages show the report's figures", async ({ page }) => {
  await signIn(page, "shaojinghe");
  for (const [query, total] of [["in_hand=2024", 31], ["in_hand=2024&site_mode=own_land", 21], ["in_hand=2024&in_production=2024", 12], ["signed=2024", 14], ["stage=signed", 6]] as const) {
    await page.goto(`/projects?view=list&${query}`);
    await expect(page.getByText(`共 ${total} 个`, { exact: true })).toBeVisible();
  }
  await expect(page.locator("h1 + p")).toContainText("6.82 亿元");
  await page.goto("/projects?view=list&signed=2024");
  await expect(page.locator("h1 + p")).toContainText("60.40 亿元");
  await page.goto("/hazards?found=2024");
  await expect(page.locator("h1 + p")).toContainText("查出 41 起，已整改 40 起，整改率 97.6%");
});

test("English is one switch away", async ({ page }, info) => {
  test.slow();
  await signIn(page, info.project.name === "phone" ? "liangyining" : "guqinghe"); // the language stays with the account
  await page.goto("/account");
  await page.getByRole("link", { name: "English" }).click();
  await page.goto("/projects?view=list");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Projects");
  await check(page);
  await page.locator('a[href$="/deadline"]').first().click();
  await expect(page.getByRole("heading", { name: "If nobody acts" })).toBeVisible();
  await check(page);
  for (const path of ["/", "/forecast", "/calendar", "/notices", "/account/reminders"]) {
    await page.goto(path);
    await check(page);
  }
});

test("a supervisor and an enterprise close a hazard in two rounds", async ({ page, browser }, info) => {
  const words = `疏散通道堆放周转箱 ${info.project.name}`;
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await check(page);
  await page.getByLabel("照片或材料").setInputFiles(photo);
  await choose(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByLabel("部位").fill("2# 车间东侧");
  await page.getByLabel("隐患描述").fill(words);
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
  await check(page);
  const url = page.url();

  await page.getByRole("link", { name: "下达整改通知" }).first().click();
  await page.getByLabel("整改要求").fill("清理通道");
  await page.getByLabel("期限", { exact: true }).fill("2020-01-01");
  await choose(page, "另一名检查人员", "丁文", "丁文笙");
  await page.getByRole("button", { name: "下达整改通知" }).click();
  await expect(page.getByRole("alert")).toContainText("期限不能早于");
  await expect(page.getByLabel("整改要求")).toHaveValue("清理通道");
  await check(page);
  const due = await day(page, 7);
  await page.getByLabel("期限", { exact: true }).fill(due);
  await page.getByRole("button", { name: "下达整改通知" }).click();
  await expect(page.getByRole("status")).toHaveText("已办理。");

  const firm = await browser.newContext({ locale: "zh-CN", viewport: page.viewportSize()! });
  const theirs = await firm.newPage();
  await signIn(theirs, "qiye");
  await check(theirs);
  const handIn = async (measures: string) => {
    await theirs.goto(url);
    await theirs.getByRole("link", { name: "提交整改结果" }).first().click();
    await theirs.getByLabel("照片或材料").setInputFiles({ ...after, buffer: Buffer.concat([after.buffer, Buffer.from(measures)]) });
    await theirs.getByLabel("整改措施").fill(measures);
    await theirs.getByRole("button", { name: "提交整改结果" }).click();
    await expect(theirs.getByRole("status")).toHaveText("已办理。");
  };
  const reinspect = async (verdict: string, opinion: string, next?: string) => {
    await page.goto(url);
    await page.getByRole("link", { name: "记录复查结论" }).first().click();
    await page.getByLabel(verdict, { exact: true }).check();
    await page.getByLabel("复查意见").fill(opinion);
    await choose(page, "另一名检查人员", "丁文", "丁文笙");
    if (next) {
      await page.getByLabel("下一轮要求").fill(next);
      await page.getByLabel("下一轮期限").fill(due);
    }
    await page.getByRole("button", { name: "记录复查结论" }).click();
    await expect(page.getByRole("status")).toHaveText("已办理。");
  };
  await handIn("已清理");
  await reinspect("不合格", "应急照明 2 处不亮", "恢复供电");
  await expect(page.getByRole("heading", { name: /第 2 轮/ })).toBeVisible();
  await handIn("已恢复供电");
  await reinspect("合格", "整改合格");
  await expect(page.getByText("复查合格").first()).toBeVisible();
  await check(page);
  if (process.env.SHOTS === "1") await page.screenshot({ path: `../docs/img/hazard-${info.project.name}.png`, fullPage: true });
  await firm.close();
});

test("a manager advances a project by keyboard, and a second tab is told who was first", async ({ page, context }, info) => {
  const title = `键盘项目 ${info.project.name}`;
  await signIn(page, "luzhiyuan");
  await page.goto("/projects/open");
  await page.getByLabel("项目名称").fill(title);
  const firm = page.getByRole("combobox", { name: "企业" });
  await firm.pressSequentially("lkzz");
  await expect(page.getByRole("option", { name: /莱卡织造/ })).toHaveAttribute("aria-selected", "true");
  await firm.press("Enter");
  await expect(firm).toHaveValue("莱卡织造");
  await page.getByLabel("行业", { exact: true }).selectOption({ label: "纺织服装" });
  await page.getByLabel("用地方式").selectOption({ label: "单独供地" });
  await page.getByLabel("总投资").fill("36000");
  await page.getByLabel("总投资").press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const url = page.url();

  await page.goto(url + "/advance");
  await page.getByRole("button", { name: "进入下一阶段" }).press("Enter");
  await expect(page.getByRole("alert")).toContainText("首次对接或考察记录");
  await check(page);

  await page.goto(url);
  await page.getByRole("link", { name: /^填报：/ }).first().press("Enter");
  await page.getByLabel("谈了什么").fill("看过对方车间，谈了用地");
  await page.getByRole("button", { name: "登记跟进" }).last().press("Enter");
  await expect(page.getByText("2 项要求都已满足")).toBeVisible();

  const second = await context.newPage();
  await second.goto(url + "/advance");
  await page.goto(url + "/advance");
  await page.getByRole("button", { name: "进入下一阶段" }).press("Enter");
  await expect(page.getByText("「洽谈」关口")).toBeVisible();
  await second.getByRole("button", { name: "进入下一阶段" }).click();
  await expect(second.getByRole("alert")).toContainText(/陆致远在.*先办理了：推进到下一阶段/);
});

test("what is not one's business stays closed", async ({ page }) => {
  await page.goto("/hazards");
  await expect(page).toHaveURL(/sign-in\?next=%2Fhazards/);
  await page.getByLabel("账号").fill("qiye");
  await page.getByLabel("密码").fill("wrong");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("账号或密码不对");
  await signIn(page, "qiye");
  expect((await page.goto("/users"))!.status()).toBe(403);
  await check(page);
  expect((await page.goto("/projects/00000000-0000-0000-0000-000000000000"))!.status()).toBe(404);
  await check(page);
  expect((await page.goto("/ops/temporal"))!.status()).toBe(403);
});

test("an administrator creates an account and sees the engine's pages", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/users");
  await check(page);
  await page.goto("/registers/people/new");
  await page.getByLabel("账号", { exact: true }).fill(`new-${info.project.name}`);
  await page.getByLabel("姓名").fill("新同事");
  await page.getByLabel("审计", { exact: true }).check();
  await page.locator('main form button[type="submit"]').last().click();
  await expect(page.getByText("初始密码请交给本人")).toBeVisible();
  expect((await page.goto("/ops/temporal/namespaces/parkway/workflows"))!.status()).toBe(200);
});
