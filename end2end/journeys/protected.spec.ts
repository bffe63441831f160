import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

test("a protected identity is known to those named, and what leaves the tool takes two of them", async ({
  page,
  enter,
  accessible,
  javaScriptEnabled,
}) => {
  // What judges a page is a script itself.
  const judge = async () => {
    if (javaScriptEnabled) await accessible(page);
  };
  const name = childsName();
  await enter(people.socialWorker);
  const { reference, address } = await register(page, name, bornYearsAgo(14), "Sekretessmarkering");
  await expect(page.getByText("Bara du ser det tills du namnger fler")).toBeVisible();
  await consent(page, address);
  const named = page.getByRole("heading", { name: "Namngivna" }).locator("xpath=..");
  await expect(named).toContainText("Per Berg (du)");
  await judge();

  // A colleague in the same room of the same house is told nothing.
  await enter(people.coordinator);
  await page.goto("/arenden");
  await expect(page.getByRole("main")).not.toContainText(reference);
  expect((await page.goto(address))?.status()).toBe(404);

  // It takes two, and there is no second yet.
  await enter(people.socialWorker);
  await page.goto(`${address}/samtycke`);
  await page.getByRole("button", { name: "Be om att få lämna ut: Skriv ut blankett" }).click();
  await expect(page.getByText("Ingen kollega i din enhet är namngiven")).toBeVisible();
  await page.goto(`${address}/samtycke/blankett`);
  await expect(page.getByRole("heading", { name: "Två personer behövs" })).toBeVisible();
  await page.goto(address);
  await page.getByLabel("Namnge en till").selectOption({ label: "Individ- och familjeomsorg: Maria Lindqvist" });
  await page.getByRole("button", { name: "Namnge", exact: true }).click();
  await expect(named).toContainText("Maria Lindqvist");
  await page.goto(`${address}/samtycke`);
  await page.getByRole("button", { name: "Be om att få lämna ut: Skriv ut blankett" }).click();
  await expect(page.getByText("En kollega som är namngiven ser nu din fråga")).toBeVisible();

  await enter(people.coordinator);
  await page.goto("/");
  const line = page.getByRole("listitem").filter({ hasText: `${reference}: en kollega vill lämna ut` });
  await line.getByRole("link", { name: "Svara" }).click();
  await expect(page.getByText("Per Berg vill lämna ut blanketten")).toBeVisible();
  await judge();
  await page.getByRole("button", { name: "Ja, lämna ut" }).click();
  await expect(page.getByText("Ditt svar är sparat")).toBeVisible();

  await enter(people.socialWorker);
  await page.goto(`${address}/samtycke`);
  await page.getByRole("link", { name: "Skriv ut blankett" }).click();
  const sheets = page.locator("article.paper");
  await expect(sheets.first()).toContainText("Skrivs för hand");
  await expect(page.getByRole("main")).not.toContainText(name);
  await expect(page.getByRole("main")).not.toContainText("Provsson");

  // The screen shows what the printer does not.
  const heading = page.getByRole("main").getByRole("heading", { level: 1 });
  for (const further of ["/samtycke", "/aterkalla", "/sett", ""]) {
    await page.goto(`${address}${further}`);
    await expect(heading).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(heading).toBeHidden();
    await expect(page.getByText("är skyddade och skrivs inte ut")).toBeVisible();
    await page.emulateMedia({ media: null });
  }
  await expect(heading).toHaveText(name);

  await page.getByRole("button", { name: "Ta bort Maria Lindqvist från de namngivna" }).click();
  await expect(named.getByRole("list")).not.toContainText("Maria Lindqvist");
  await enter(people.coordinator);
  expect((await page.goto(address))?.status()).toBe(404);
});
