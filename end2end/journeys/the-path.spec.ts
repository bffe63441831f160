import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, letIn, people, register } from "./stage.ts";

test("a case goes all the way: registered, consented, planned, called, taken up, written, approved", async ({
  page,
  enter,
  request,
  javaScriptEnabled,
}) => {
  test.setTimeout(120_000);
  const name = childsName();

  // The school registers and records what the guardians answered.
  await enter(people.headTeacher);
  const { reference, address } = await register(page, name, bornYearsAgo(14));
  await consent(page, address);

  // The coordinator knows the case now, and plans it.
  await enter(people.coordinator);
  await page.goto("/traffar");
  const draft = page.locator("ul.occasions > li").filter({ hasText: "13–18 år" }).filter({ hasText: "utkast" });
  await draft.nth(2).locator("a:not(.btn)").click();
  await expect(page).toHaveURL(/\/traffar\/[0-9a-f-]{36}/);
  const meeting = new URL(page.url()).pathname;
  await page.getByRole("button", { name: `Lägg till ${reference}` }).click();
  await expect(page.locator("table.agenda")).toContainText(reference);

  // Who gets what is shown before anything leaves.
  await page.getByRole("link", { name: "Skicka kallelse" }).click();
  await expect(page.getByRole("main")).not.toContainText(name);
  await page.getByRole("button", { name: /^Skicka kallelse till \d+ person/ }).click();
  await expect(page.getByText("kallelse skickad")).toBeVisible();

  // Who is called sees their own times and answers.
  await enter(people.headTeacher);
  await page.goto(meeting);
  await expect(page.getByRole("main")).toContainText(reference);
  await page.getByRole("button", { name: "Jag kommer" }).click();
  await expect(page.getByText("Du har svarat att du kommer.")).toBeVisible();

  // The meeting as a file, for who subscribes to nothing.
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Lägg träffen i kalendern" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("samverkan.ics");
  const event = await readFile(await file.path(), "utf8");
  expect(event.split("BEGIN:VEVENT")).toHaveLength(2);
  for (const secret of [name, reference, "Provsson", "skolgången"]) expect(event).not.toContain(secret);

  // A calendar of one's own, without a word about anybody.
  await page.goto("/min-kalender");
  const feed = await subscribe(page);
  const answer = await request.get(feed);
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const calendar = await answer.text();
  expect(calendar).toContain("BEGIN:VEVENT");
  for (const secret of [name, reference, "Provsson", "skolgången"]) expect(calendar).not.toContain(secret);

  // The meeting is held. Somebody the consent does not cover is in the room: the item does not begin.
  await enter(people.coordinator);
  await page.goto(`${meeting}/rum`);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");
  await letIn(page, "BUP", "Eva Sand");
  const next = page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) });
  await expect(next).toBeDisabled();
  await page.getByRole("button", { name: /har lämnat rummet/ }).first().click();
  await next.click();
  await expect(page.getByRole("main")).toContainText("Samtycke gäller");

  await page.getByLabel("Syfte med punkten").fill("Följa upp närvaron.");
  await page.getByLabel("Vem, bidrag 1", { exact: true }).selectOption({ label: "Gymnasium" });
  await page.getByLabel("Bidrag 1", { exact: true }).fill("Skolan: närvaron har ökat.");
  await page.getByLabel("Slags uppgift, bidrag 1", { exact: true }).selectOption({ label: "Skolsituation och närvaro" });
  await page.getByLabel("Inhämtad").check();
  await page.getByLabel("Avslutas").check();
  await page.getByRole("button", { name: "Lämna till granskning" }).click();
  await expect(page.getByLabel("Syfte med punkten")).toHaveCount(0);
  await page.getByRole("button", { name: "Avsluta träffen" }).click();

  // Somebody else approves, with two keys where there are keys; then nobody changes it.
  await enter(people.administrator);
  const began = Date.now();
  await page.goto("/granskning");
  await page.getByRole("link", { name: new RegExp(reference) }).first().click();
  await expect(page.getByRole("main")).toContainText("närvaron har ökat");
  const approve = page.getByRole("button", { name: "Justera", exact: true });
  if (javaScriptEnabled === false) {
    await approve.click();
  } else {
    // The keys are there a moment after the page is.
    await expect(page.getByText("G justera")).toBeVisible();
    await expect(async () => {
      await page.keyboard.press("g");
      await expect(approve).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText(/Kan inte ändras/)).toBeVisible();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  test.info().annotations.push({ type: "reviewed", description: `${seconds} s of the program's and the browser's time` });
  console.log(`      reviewed and approved in ${seconds} s of the program's and the browser's time`);
});

/** Makes a subscription and gives the address that is shown once. */
async function subscribe(page: import("@playwright/test").Page): Promise<string> {
  await page.getByLabel("Program eller apparat").fill("Provkalender");
  await page.getByRole("button", { name: "Skapa adress" }).click();
  const shown = await page.locator("code.address").first().innerText();
  return shown.replace(/^webcal:/, "http:").trim();
}
