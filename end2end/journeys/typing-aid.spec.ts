import { expect, test } from "../fixtures.ts";
import { addCommonItem, bornYearsAgo, call, childsName, consent, letIn, people, register } from "./stage.ts";

test("a common item has its note, and what one writes often is put in with one press", async ({ page, enter, javaScriptEnabled }) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);

  await enter(people.coordinator);
  await page.goto("/jag");
  await page.getByLabel("Ny fras").fill("Uppföljning sker 20120303-2386 enligt plan.");
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.locator(".flaw").first()).toContainText("personnumret");
  const phrase = `Uppföljning sker enligt plan ${childsName()}.`;
  await page.getByLabel("Ny fras").fill(phrase);
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.getByText(phrase)).toBeVisible();

  await page.goto("/traffar");
  const draft = page.locator("ul.occasions > li").filter({ hasText: "13–18 år" }).filter({ hasText: "utkast" });
  await draft.nth(5).locator("a:not(.btn)").click();
  await expect(page).toHaveURL(/\/traffar\/[0-9a-f-]{36}/);
  const room = `${new URL(page.url()).pathname}/rum`;
  const title = `Lokalfrågan ${childsName()}`;
  await addCommonItem(page, title);
  await page.getByRole("button", { name: `Lägg till ${reference}` }).click();
  await expect(page.locator("table.agenda")).toContainText(reference);
  await call(page);

  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");
  const next = page.getByRole("button", { name: /^Nästa punkt/ });
  const heading = (text: string) => page.getByRole("heading", { level: 1, name: new RegExp(text) });
  for (let items = 0; items < 10 && !(await heading(title).isVisible()); items += 1) {
    await next.click();
    await expect(page.locator("article.record, section.empty").first()).toBeVisible();
  }
  // A case is not named in it, and what was typed is kept.
  const note = page.getByLabel(`Noterat: ${title}`);
  await note.fill(`Stora salen, ${reference} först.`);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.locator(".flaw").first()).toContainText("beteckning");
  await expect(note).toHaveValue(`Stora salen, ${reference} först.`);
  await note.fill("Stora salen från januari.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(note).toHaveValue("Stora salen från januari.");

  for (let items = 0; items < 10 && !(await heading(reference).isVisible()); items += 1) {
    await next.click();
    await expect(page.locator("article.record, section.empty").first()).toBeVisible();
  }
  if (javaScriptEnabled !== false) {
    const purpose = page.getByLabel("Syfte med punkten");
    await purpose.fill("Närvaron. ");
    await page.getByText("Mina fraser", { exact: true }).click();
    await page.getByRole("button", { name: phrase }).click();
    await expect(purpose).toHaveValue(`Närvaron. ${phrase}`);
    await expect(page.getByText(/^Sparat/)).toBeVisible();
  }
  await page.getByRole("button", { name: "Avsluta träffen" }).click();
  await expect(page.getByRole("heading", { name: "Noterat om gemensamma punkter" })).toBeVisible();

  // Those the meeting was for read it.
  await enter(people.headTeacher);
  await page.goto(room);
  await expect(page.getByText("Stora salen från januari.")).toBeVisible();
});
