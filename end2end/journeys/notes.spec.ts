import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { addCommonItem, call, childsName, letIn, people, signInAgain } from "./stage.ts";

test("a note of a common item is saved as it is written, and nothing of it is lost @script", async ({
  page,
  enter,
  entered,
  browser,
  context,
  baseURL,
}) => {
  await enter(people.headTeacher);
  const hers = await browser.newContext({ baseURL });
  await hers.addCookies(await context.cookies());
  await enter(people.coordinator);
  const [title, second] = [`Lokalfrågan ${childsName()}`, `Läsåret ${childsName()}`];
  const room = await opened(page, [title, second]);
  const note = (page: Page, of = title) => page.getByLabel(`Noterat: ${of}`);
  const save = "**/api/room/note-autosave";
  const saved = (page: Page) => page.getByText(/^Sparat \d/);

  // Those at the table read what is written as it is saved.
  const other = await hers.newPage();
  await other.goto(room);
  await until(page, title);
  await note(page).fill("Stora salen från januari.");
  await expect(saved(page)).toBeVisible();
  await expect(other.getByRole("main")).toContainText("Stora salen från januari.");
  await expect(other.locator("textarea")).toHaveCount(0);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByText("Sparat.")).toBeVisible();
  await expect(note(page)).toHaveValue("Stora salen från januari.");

  // A tab that is closed at the last key takes nothing with it.
  await note(page).fill("Stora salen från februari.");
  await page.goto("about:blank");
  await expect(other.getByRole("main")).toContainText("Stora salen från februari.");

  // What cannot be saved says why, and what was typed stands there.
  await page.goto(room);
  await note(page).fill("Anna ringde om 20120303-2386.");
  await expect(page.getByText(/^Inte sparat: .*personnumret/)).toBeVisible();
  const asked = page.waitForEvent("dialog");
  void page.evaluate(() => location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(note(page)).toHaveValue("Anna ringde om 20120303-2386.");
  await note(page).fill("Anna ringde.");
  await expect(saved(page)).toBeVisible();

  // A press while a save is on its way, and more was typed since, does not come later than that.
  let release = () => {};
  const answered = new Promise<void>((go) => {
    release = go;
  });
  const onItsWay = new Promise<void>((reached) => {
    void page.route(
      save,
      async (route) => {
        const response = await route.fetch();
        reached();
        await answered;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
  });
  await note(page).fill("Anna ringde i");
  await onItsWay;
  await note(page).fill("Anna ringde igen.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  release();
  await expect(page.getByText("Sparat.")).toBeVisible();
  await expect(note(page)).toHaveValue("Anna ringde igen.");

  // What somebody else writes comes by itself; under one's hands it is told, and both are shown.
  const beside = await context.newPage();
  await beside.goto(room);
  await note(beside).fill("Anna ringde i dag.");
  await expect(saved(beside)).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(note(page)).toHaveValue("Anna ringde i dag.");
  await note(page).focus();
  await note(beside).fill("Anna ringde i går.");
  await expect(other.getByRole("main")).toContainText("Anna ringde i går.");
  await note(page).fill("Eva ringde.");
  await expect(page.getByText("Inte sparat: någon annan har ändrat texten.")).toBeVisible();
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(note(page)).toHaveValue("Eva ringde.");
  await expect(page.getByText("Det som är sparat nu")).toBeVisible();
  await expect(page.getByText("Anna ringde i går.")).toBeVisible();
  await note(page).fill("Anna ringde i går, Eva i dag.");
  await expect(other.getByRole("main")).toContainText("Anna ringde i går, Eva i dag.");

  // The item ends while somebody writes who has no contact: the text stands until it is saved, and then the page goes on.
  await page.goto(room);
  await beside.goto(room);
  await beside.route(save, (route) => route.abort());
  await note(beside).fill("Salen är bokad.");
  await expect(beside.getByText("Inte sparat: ingen kontakt.")).toBeVisible();
  await until(page, second);
  await expect(other.getByRole("heading", { level: 1, name: second })).toBeVisible();
  await expect(note(beside)).toHaveValue("Salen är bokad.");
  await beside.unroute(save);
  await expect(beside.getByRole("heading", { level: 1, name: second })).toBeVisible();

  // The session ends: what was not saved goes along to where one signs in, and is there again after.
  await beside.route(save, (route) => route.abort());
  await note(beside, second).fill("Fritids börjar den 3 augusti.");
  await expect(beside.getByText("Inte sparat: ingen kontakt.")).toBeVisible();
  await page.getByText("Maria Lindqvist").first().click();
  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page).toHaveURL(/logga-in/);
  await signInAgain(beside);
  entered.set(people.coordinator, await context.cookies());
  await beside.unroute(save);
  await expect(note(beside, second)).toHaveValue("Fritids börjar den 3 augusti.");
  await beside.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(beside.getByText("Sparat.")).toBeVisible();
  await page.goto(room);
  await expect(note(page, second)).toHaveValue("Fritids börjar den 3 augusti.");

  // Once the meeting is over all of it stands there, to be finished.
  await page.getByRole("button", { name: "Avsluta träffen" }).click();
  await expect(note(page)).toHaveValue("Salen är bokad.");
  await note(page, second).fill("Fritids börjar den 4 augusti.");
  await expect(saved(page)).toBeVisible();
  await other.goto(room);
  await expect(other.getByRole("main")).toContainText("Salen är bokad.");
  await expect(other.getByRole("main")).toContainText("Fritids börjar den 4 augusti.");
  await hers.close();
});

test("two write the same note: who is later keeps the text, sees both and brings them together", async ({ page, enter, context }) => {
  await enter(people.coordinator);
  const title = `Lokalfrågan ${childsName()}`;
  const room = await opened(page, [title]);
  await until(page, title);
  const note = (page: Page) => page.getByLabel(`Noterat: ${title}`);
  const save = async (page: Page) => page.getByRole("button", { name: "Spara", exact: true }).click();
  const beside = await context.newPage();
  await beside.goto(room);
  await note(page).focus();
  await note(beside).fill("Stora salen.");
  await save(beside);
  await expect(beside.getByText("Sparat.")).toBeVisible();
  await note(page).fill("Biblioteket.");
  await save(page);
  await expect(page.getByText("Det som är sparat nu")).toBeVisible();
  await expect(page.getByText("Stora salen.")).toBeVisible();
  await expect(note(page)).toHaveValue("Biblioteket.");
  await note(page).fill("Stora salen eller biblioteket.");
  await save(page);
  await expect(page.getByText("Sparat.")).toBeVisible();
  await beside.goto(room);
  await expect(note(beside)).toHaveValue("Stora salen eller biblioteket.");
});

/** Opens a meeting with these common items, and gives the address of its room. */
async function opened(page: Page, titles: string[]): Promise<string> {
  await page.goto("/traffar");
  const draft = page.locator("ul.occasions > li").filter({ hasText: "13–18 år" }).filter({ hasText: "utkast" });
  await draft.nth(4).locator("a:not(.btn)").click();
  await expect(page).toHaveURL(/\/traffar\/[0-9a-f-]{36}/);
  const room = `${new URL(page.url()).pathname}/rum`;
  for (const title of titles) await addCommonItem(page, title);
  await call(page);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  return room;
}

/** Goes on to the item with this title. */
async function until(page: Page, title: string): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name: title });
  for (let items = 0; items < 10 && !(await heading.isVisible()); items += 1) {
    await page.getByRole("button", { name: /^Nästa punkt/ }).click();
    await expect(page.locator("article.record").first()).toBeVisible();
  }
  await expect(heading).toBeVisible();
}
