import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, choose, photo, signIn } from "./steps";

test.use({ zone: "suggest" });

test("an enterprise is chosen by keyboard, by any of its names", async ({ page }) => {
  await signIn(page, "luzhiyuan");
  await page.goto("/projects/open");
  const field = page.getByRole("combobox", { name: "企业" }), list = page.getByRole("listbox", { name: "企业" });
  await field.pressSequentially("lkzz");
  await expect(list.getByRole("option", { name: /莱卡织造/ })).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator("pw-choose [role=status]").first()).toContainText("找到 1 个");
  await check(page);
  await field.press("Escape");
  await expect(list).toBeHidden();
  await expect(page).toHaveURL(/open/);
  await field.press("ArrowDown");
  await expect(list).toBeVisible();
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await field.press("ArrowDown"); // stays on what fits: nobody adds a company by the way
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await field.press("ArrowDown"); // to the offer to add one, and round to the first
  await expect(list.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(field).toHaveValue("莱卡织造");
  await expect(page.locator("input[name=enterprise_id]")).not.toHaveValue("");
  await field.pressSequentially("厂"); // other words are another choice, still to be made
  await expect(page.locator("input[name=enterprise_id]")).toHaveValue("");
});

test("nothing is searched while an input method composes", async ({ page }) => {
  await signIn(page, "luzhiyuan");
  await page.goto("/projects/open");
  const asked: string[] = [];
  page.on("request", (request) => { if (request.url().includes("/find/enterprises")) asked.push(new URL(request.url()).searchParams.get("q")!); });
  const field = page.getByRole("combobox", { name: "企业" });
  await field.focus();
  await field.evaluate((input: HTMLInputElement) => {
    input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    for (const text of ["l", "lai", "lai'ka"]) {
      input.value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    }
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, isComposing: true });
    input.dispatchEvent(enter);
  });
  await field.evaluate((input: HTMLInputElement) => {
    input.value = "莱卡";
    input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "莱卡" }));
  });
  await expect(page.getByRole("option", { name: /莱卡织造/ })).toBeVisible();
  expect(asked).toEqual(["莱卡"]);
  await expect(page).toHaveURL(/open/);
});

test("people who fit are offered, with unit and role, in reach of a thumb", async ({ page }) => {
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  const field = page.getByRole("combobox", { name: /^另一名检查人员/ });
  await field.click();
  const options = page.getByRole("listbox").getByRole("option");
  await expect(options.first()).toContainText("安监员");
  await expect(options.filter({ hasText: "孟清岚" })).toHaveCount(0); // oneself
  for (const box of await options.all()) expect((await box.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await check(page);
  await choose(page, "另一名检查人员", "dws", "丁文笙");
});

/** Fills in what a project needs beside its company. */
async function rest(page: Page, title: string) {
  await page.getByLabel("项目名称").fill(title);
  await page.getByLabel("行业", { exact: true }).selectOption({ label: "纺织服装" });
  await page.getByLabel("用地方式").selectOption({ label: "单独供地" });
}

/** Opens a project of the manager's own. */
async function own(page: Page, title: string) {
  await page.goto("/projects/open");
  await rest(page, title);
  await choose(page, "企业", "莱卡织造");
  await page.getByLabel("可能重复时，仍要登记的原因").fill("同一企业的另一个项目"); // the tests of this file share the company
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

test("a project brings its company along", async ({ page }, info) => {
  const company = `安徽远山纺织${info.project.name}有限公司`, title = `远山线索 ${info.project.name}`;
  await signIn(page, "luzhiyuan");
  await page.goto("/projects/open");
  await rest(page, title);
  await page.getByLabel("总投资").fill("三亿"); // is refused, and nothing half-made stays
  await page.getByRole("combobox", { name: "企业" }).fill(company);
  await page.getByRole("option", { name: `新增企业“${company}”` }).click();
  await expect(page.getByLabel("企业名称")).toHaveValue(company);
  await expect(page.getByLabel("企业名称")).toBeFocused();
  await check(page);
  await page.getByLabel("统一社会信用代码").fill("123");
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.getByText("看不懂「三亿」").first()).toBeVisible();
  await page.getByLabel("总投资").fill("36000");
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.locator(".pw-wrong")).toHaveText(["统一社会信用代码应是 18 位，请对照营业执照核对。"]); // both were told at once; one is left
  await expect(page.getByLabel("企业名称")).toHaveValue(company);
  await check(page);
  await page.getByLabel("统一社会信用代码").fill("");
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("link", { name: `安徽远山纺织${info.project.name}` })).toBeVisible();

  await page.goto("/projects/open"); // the second time it is there already
  await rest(page, `${title} 二`);
  await page.getByRole("combobox", { name: "企业" }).fill(`${company}（筹）`);
  await page.getByRole("option", { name: /新增企业/ }).click();
  await page.getByLabel("企业名称").fill(company);
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.locator(".pw-wrong")).toContainText("已经有这家企业了");
  await page.getByRole("button", { name: /^选用/ }).click();
  await expect(page.getByLabel("项目名称")).toHaveValue(`${title} 二`);
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.locator(".pw-wrong")).toContainText(title); // another lead of the same company: may be the same, and is asked back
  await page.getByLabel("可能重复时，仍要登记的原因").fill("同一企业的另一个项目");
  await page.getByRole("button", { name: "新建项目" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title} 二`);
});

test("what is refused leaves no company behind, and nothing typed is lost", async ({ page }, info) => {
  const company = `未成企业${info.project.name}`;
  const onFile = async () => (await (await page.request.get(`/find/enterprises?q=${company}`)).json()).found.length;
  await signIn(page, "mengqinglan");
  await page.goto("/hazards/record");
  await page.getByLabel("照片或材料").setInputFiles(photo);
  await page.getByRole("combobox", { name: "企业" }).fill(company);
  await page.getByRole("option", { name: /新增企业/ }).click();
  await page.getByLabel("部位").fill("锅炉房");
  await page.getByLabel("隐患描述").fill(`压力表超期 ${info.project.name}`);
  await page.getByRole("radio", { name: "重大" }).check(); // without the clause that makes it one
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("alert")).toContainText("重大隐患要写明判定标准和条款");
  await expect(page.getByLabel("企业名称")).toHaveValue(company);
  await expect(page.getByLabel("部位")).toHaveValue("锅炉房");
  await expect(page.getByText("已收到：现场.png")).toBeVisible();
  expect(await onFile()).toBe(0);
  await check(page);
  await page.getByLabel(/条款/).fill("部令10号 第4条");
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`压力表超期 ${info.project.name}`);
  await expect(page.getByRole("img", { name: "现场.png" })).toBeVisible();
  expect(await onFile()).toBe(1);
});

test.describe("without scripts", () => {
  // The page's own scripts do not come; those with which axe looks at it may run.
  test.beforeEach(({ page }) => page.route("**/assets/*.js", (route) => route.abort()));

  test("a hazard is recorded with a searched person and a company that is added", async ({ page }, info) => {
    const company = `无脚本企业${info.project.name}`;
    await signIn(page, "mengqinglan");
    await page.goto("/hazards/record");
    await page.getByLabel("照片或材料").setInputFiles(photo);
    await page.getByLabel("部位").fill("3# 车间");
    await page.getByLabel("隐患描述").fill(`配电箱门缺失 ${info.project.name}`);
    await page.getByLabel("企业", { exact: true }).fill("fhqc");
    await page.getByRole("button", { name: "查找" }).first().click();
    await expect(page.getByRole("radio", { name: /丰禾汽车部件/ })).toBeVisible();
    await expect(page.getByLabel("部位")).toHaveValue("3# 车间");
    await expect(page.getByText("已收到：现场.png")).toBeVisible();
    await check(page);
    await page.getByLabel("企业", { exact: true }).fill(company);
    await page.getByLabel("部位").press("Enter"); // is sent as a whole; nothing is chosen yet
    await expect(page.locator(".pw-wrong")).toContainText("还没有选定");
    await page.getByRole("radio", { name: "新增一家企业" }).check();
    await expect(page.getByLabel("企业名称")).toHaveValue(company);
    await page.getByLabel("另一名检查人员").fill("dws");
    await page.getByRole("button", { name: "查找" }).last().click();
    await page.getByRole("radio", { name: /丁文笙/ }).check();
    await expect(page.getByLabel("企业名称")).toHaveValue(company);
    await check(page);
    await page.getByRole("button", { name: "登记隐患" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`配电箱门缺失 ${info.project.name}`);
    await expect(page.getByRole("link", { name: company })).toBeVisible();
    await page.getByText(/^其余 \d+ 处$/).first().click(); // what a deed says beyond six facts is folded
    await expect(page.getByText("丁文笙").first()).toBeVisible();
    await expect(page.getByRole("img", { name: "现场.png" })).toBeVisible();
  });

  test("the rest of what can be done opens by itself", async ({ page }) => {
    await signIn(page, "shaojinghe");
    await page.goto("/projects?view=list&q=煊炑");
    await page.locator(".pw-table h3 a").first().click();
    await page.locator("summary", { hasText: "更多" }).click();
    await expect(page.locator(".pw-menu").getByRole("button", { name: /关注/ })).toBeVisible();
    await check(page);
  });
});

test("a case's page has one filled action, at most three beside it, and the rest under 更多", async ({ page }, info) => {
  await signIn(page, "luzhiyuan");
  for (const path of ["/projects?view=list&q=煊炑", "/projects?view=list", "/hazards", "/hazards?tab=reported"]) {
    await page.goto(path);
    const first = page.locator(".pw-table h3 a").first();
    if (await first.count() === 0) continue;
    await first.click();
    expect(await page.locator(".pw-head .btn-primary").count()).toBeLessThanOrEqual(1);
    expect(await page.locator(".pw-head .pw-actions > a.btn, .pw-head .pw-actions > form .btn").count()).toBeLessThanOrEqual(3);
    for (const width of info.project.name === "phone" ? [390] : [1440, 1024]) {
      await page.setViewportSize({ width, height: 844 });
      const title = (await page.locator(".pw-head > div").first().boundingBox())!;
      expect(title.width, `${path} at ${width}`).toBeGreaterThanOrEqual(Math.min(320, width - 40));
    }
    await check(page);
  }
  await page.setViewportSize(info.project.use.viewport!);
  await own(page, `有更多事可做的项目 ${info.project.name}`);
  await expect(page.locator(".pw-head .btn-primary")).toHaveText("登记跟进");
  const more = page.locator("summary", { hasText: "更多" });
  await more.focus();
  await more.press("Enter");
  await expect(page.locator(".pw-menu")).toBeVisible();
  await check(page);
  for (const item of await page.locator(".pw-menu > li").all()) expect((await item.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(page.locator(".pw-menu")).toBeHidden();
  await expect(more).toBeFocused();
});

test("on the phone the action stands at the foot of the page", async ({ page }, info) => {
  test.skip(info.project.name !== "phone");
  await signIn(page, "luzhiyuan");
  await own(page, "拇指项目");
  const primary = (await page.locator(".pw-head .btn-primary").boundingBox())!;
  expect(primary.height).toBeGreaterThanOrEqual(48);
  expect(primary.width).toBeGreaterThanOrEqual(340);
  expect(primary.y + primary.height).toBeGreaterThan(780);
  await check(page);
});
