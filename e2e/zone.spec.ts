import { expect, test, type Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, choose, photo } from "./steps";

// From an empty folder to the first project and the first hazard by people of the zone, by clicks alone.

let program: ChildProcess, dir: string, link: string;
const pictures = process.env.PICTURES;

test.beforeEach(async ({}, info) => {
  dir = mkdtempSync(join(tmpdir(), "parkway-zone-"));
  chmodSync(dir, 0o755);
  const port = info.project.name === "phone" ? 26482 : 26481;
  program = spawn("../bin/parkway-standalone", { env: { ...process.env, PARKWAY_DATA_DIR: join(dir, "data"), PARKWAY_DEMO: "false", PARKWAY_LISTEN: `127.0.0.1:${port}` } });
  link = await new Promise<string>((found, failed) => {
    let said = "";
    const listen = (bytes: Buffer) => {
      said += bytes;
      const line = said.match(/http:\S+\/setup\?key=\w+/);
      if (line) found(line[0]);
    };
    program.stdout!.on("data", listen);
    program.stderr!.on("data", listen);
    program.on("exit", () => failed(new Error(`it ended: ${said}`)));
  });
});

test.afterEach(async () => {
  const ended = new Promise((done) => program.on("exit", done));
  program.kill("SIGTERM");
  await ended;
  rmSync(dir, { recursive: true, force: true });
});

async function look(page: Page, name: string) {
  await check(page);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${page.viewportSize()!.width}.png`), fullPage: true });
}

/** Tries a sheet, reads what would come of it, takes it, and returns the first passwords. */
async function take(page: Page, base: string, register: string, file: string, count: number) {
  await page.goto(`${base}/registers/${register}/import`);
  await page.getByLabel("Excel 工作簿").setInputFiles(`zone/${file}.xlsx`);
  await page.getByRole("button", { name: "试导入" }).click();
  await expect(page.getByText("有错 0 条")).toBeVisible();
  await look(page, `import-${file}`);
  await page.getByRole("button", { name: `导入这 ${count} 条` }).click();
  await expect(page.getByText("已导入")).toBeVisible();
  const passwords: Record<string, string> = {};
  for (const row of await page.locator("tr", { has: page.locator("code.pw-first") }).all()) {
    passwords[(await row.locator("td").nth(1).innerText()).trim()] = (await row.locator("code").innerText()).trim();
  }
  return passwords;
}

/** Signs in with a first password and chooses an own one. */
async function first(page: Page, base: string, username: string, password: string) {
  await page.context().clearCookies();
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("账号").fill(username);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByLabel("原密码").fill(password);
  await page.getByLabel("新密码").fill("wohlgewaehlt-22");
  await page.getByLabel("再输入一次密码").fill("wohlgewaehlt-22");
  await page.getByRole("button", { name: "进入我的工作" }).click();
  await expect(page.getByText("密码已改好")).toBeVisible();
  await page.goto(`${base}/`);
  await expect(page.getByRole("heading", { level: 1, name: "我的工作" })).toBeVisible();
}

test("an empty folder becomes a zone with its first project and hazard", async ({ page }) => {
  const base = link.replace(/\/setup.*/, "");
  expect((await page.goto(base))!.status()).toBe(503);
  await expect(page.getByRole("heading", { level: 1, name: "这里还没有建立园区" })).toBeVisible();
  await look(page, "no-zone");

  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: "建立园区" })).toBeVisible();
  await look(page, "setup");
  await page.getByLabel("园区全称").fill("泗县经济开发区");
  await page.getByLabel("园区简称").fill("泗县开发区");
  await page.getByLabel("文号字头").fill("泗开");
  await page.getByLabel("管理员姓名").fill("周管理");
  await page.getByLabel("密码", { exact: true }).fill("correct-horse-1");
  await page.getByLabel("再输入一次密码").fill("correct-horse-2");
  await page.getByRole("button", { name: "建立园区并登录" }).click();
  await expect(page.getByText("两次输入的密码不一样").first()).toBeVisible();
  await page.getByLabel("密码", { exact: true }).fill("correct-horse-1");
  await page.getByLabel("再输入一次密码").fill("correct-horse-1");
  await page.getByRole("button", { name: "建立园区并登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "开始使用" })).toBeVisible();
  await look(page, "start");

  await take(page, base, "units", "units", 12);
  const passwords = await take(page, base, "people", "people", 40);
  expect(Object.keys(passwords)).toHaveLength(40);
  for (const password of Object.values(passwords)) expect(password).not.toMatch(/[0O1lI]/);
  await take(page, base, "units", "heads", 11);
  await take(page, base, "enterprises", "enterprises", 140);
  await page.goto(`${base}/start`);
  await expect(page.getByText("共 140 条")).toBeVisible();

  await page.goto(`${base}/users`);
  await page.getByLabel("角色").selectOption("安监员");
  await page.getByRole("button", { name: "筛选" }).click();
  await expect(page.getByRole("link", { name: "吴志远" })).toBeVisible();
  await expect(page.getByRole("link", { name: "陆志远" })).toHaveCount(0);
  await look(page, "people");
  await page.getByRole("link", { name: "吴志远" }).click();
  await look(page, "person");
  await page.getByRole("link", { name: "停用" }).click();
  await expect(page.getByText("科室职务 1 个")).toBeVisible();
  await look(page, "disable");
  await page.goto(`${base}/registers/units`);
  await look(page, "units");
  await page.goto(`${base}/deeds`);
  await look(page, "deeds");

  await first(page, base, "zhouzhiyuan", passwords["zhouzhiyuan"]);
  await page.goto(`${base}/projects/open`);
  await page.getByLabel("项目名称").fill("智能织机生产基地");
  await choose(page, "企业", "恒达实业");
  await page.getByLabel("产业").selectOption({ index: 1 });
  await page.getByLabel("用地方式").selectOption({ index: 1 });
  await page.getByLabel(/总投资/).fill("12000");
  await page.getByLabel(/总投资/).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "智能织机生产基地" })).toBeVisible();
  await look(page, "project");

  await first(page, base, "wuzhiyuan", passwords["wuzhiyuan"]);
  await page.goto(`${base}/hazards/record`);
  await choose(page, "企业", "恒达实业");
  await page.getByLabel("部位").fill("2# 织造车间");
  await page.getByLabel("隐患描述").fill("疏散通道堆放周转箱");
  await page.getByLabel("照片或材料").setInputFiles(photo);
  await page.getByRole("button", { name: "登记隐患" }).click();
  await expect(page.getByText("疏散通道堆放周转箱").first()).toBeVisible();
  await look(page, "hazard");
});
