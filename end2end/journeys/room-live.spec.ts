import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { Wire } from "../wire.ts";
import { bornYearsAgo, childsName, consent, letIn, people, planned, register } from "./stage.ts";

test("the room is the same on every screen: an item begins and ends by itself, contact is lost and comes back @script", async ({
  page,
  enter,
  browser,
  context,
  baseURL,
}) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  const wire = await Wire.to(`${baseURL}`);
  const hers = await browser.newContext();
  await hers.addCookies(await context.cookies());

  await enter(people.coordinator);
  const room = await planned(page, reference);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");

  // The school's own screen, which nobody touches from here on.
  const other = await hers.newPage();
  await other.goto(wire.origin + room);
  const item = other.getByRole("heading", { name: new RegExp(`^${reference}`) });
  await expect(other.locator("ul.room")).toContainText("Maria Lindqvist");
  await expect(item).toHaveCount(0);
  await letIn(page, "Gymnasium", "Anna Ek");
  await expect(other.locator("ul.room")).toContainText("Anna Ek");

  // What it fetches may come late, and be newer than what it was told of: what it is told of next is seen all the same.
  let release = () => {};
  const late = new Promise<void>((go) => {
    release = go;
  });
  await other.route(
    new RegExp(`${room}$`),
    async (route) => {
      await late;
      await route.continue();
    },
    { times: 1 },
  );
  const asked = other.waitForRequest((request) => "x-watches" in request.headers());
  const leaves = page.getByRole("button", { name: "Anna Ek lämnar rummet" });
  await leaves.click();
  await expect(page.locator("ul.room")).toContainText("Anna Ek, ansluter");
  const first = await asked;
  const second = other.waitForResponse((answer) => "x-watches" in answer.request().headers());
  await letIn(page, "Gymnasium", "Anna Ek");
  await (await second).finished();
  release();
  await (await first.response())?.finished();
  await leaves.click();
  await expect(page.locator("ul.room")).toContainText("Anna Ek, ansluter");
  await expect(other.locator("ul.room")).toContainText("Anna Ek, ansluter");
  await letIn(page, "Gymnasium", "Anna Ek");
  await expect(other.locator("ul.room")).not.toContainText("Anna Ek, ansluter");

  await page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) }).click();
  await expect(item).toBeVisible();
  await expect(other.locator("textarea")).toHaveCount(0);

  // Without contact it is told, and what could have been taken back meanwhile does not stand there for long.
  wire.cut();
  await expect(other.getByRole("heading", { name: "Ingen kontakt just nu" })).toBeVisible();
  await expect(item).toHaveCount(0);
  await expect(other.getByText("Det som rör punkten är dolt")).toBeVisible();
  wire.mend();
  await expect(item).toBeVisible();
  await expect(other.getByRole("heading", { name: "Ingen kontakt just nu" })).toBeHidden();

  // The consent is taken back while somebody writes: gone from the writer's screen too, and what was saved stays locked.
  await page.getByLabel("Syfte med punkten").fill("Följa upp närvaron.");
  await expect(page.getByText(/^Sparat/)).toBeVisible();
  const withdrawal = await hers.newPage();
  await withdrawal.goto(`${baseURL}${address}/aterkalla`);
  await withdrawal.getByRole("button", { name: /Rut Provsson tar tillbaka/ }).click();
  await expect(page.getByRole("heading", { name: "Punkten är avslutad" })).toBeVisible();
  await expect(page.locator("[data-item]")).toHaveCount(0);
  await expect(page.getByRole("main")).not.toContainText("Följa upp närvaron");
  await expect(item).toHaveCount(0);
  // Whoever wrote is told until they go on, however often the page hears that all is as it was.
  await words(page, 3);
  await expect(page.getByRole("heading", { name: "Punkten är avslutad" })).toBeVisible();
  await page.getByRole("link", { name: "Läs om sidan" }).click();
  await expect(page.getByRole("heading", { name: "Punkten är avslutad" })).toBeHidden();
  await expect(page.locator("[data-item]")).toHaveCount(0);
  await hers.close();
  await wire.close();
});

test("a screen goes neutral the moment its item ends @script", async ({ page, enter, browser, context, baseURL }) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  const hers = await browser.newContext({ baseURL });
  await hers.addCookies(await context.cookies());
  await enter(people.coordinator);
  const room = await planned(page, reference);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");
  await page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) }).click();
  const other = await hers.newPage();
  await other.goto(room);
  await expect(other.locator("[data-item]").first()).toBeVisible();
  const pressed = Date.now();
  await page.getByRole("button", { name: "Avsluta punkten" }).click();
  await expect(other.locator("[data-item]")).toHaveCount(0);
  console.log(`      neutral ${Date.now() - pressed} ms after the press`);
  await expect(other.getByRole("main")).not.toContainText("Samtycke gäller");
  await hers.close();
});

/** Waits as long as a room that is open is told so often what it comes to. */
async function words(page: Page, often: number) {
  await page.evaluate(
    ([news, often]) =>
      new Promise<void>((heard) => {
        const line = new EventSource(news);
        let said = 0;
        line.onmessage = () => {
          said += 1;
          if (said < often) return;
          line.close();
          heard();
        };
      }),
    [`${new URL(page.url()).pathname}/nytt`, often] as const,
  );
}
