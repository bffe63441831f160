import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

test("a matter without consent is taken up about nobody, and stopped when somebody knows who it is", async ({
  page,
  enter,
  accessible,
  javaScriptEnabled,
}) => {
  // What judges a page is a script itself.
  const judge = async () => {
    if (javaScriptEnabled) await accessible(page);
  };
  await enter(people.headTeacher);
  const { address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);

  // A2: what leads to a person is refused where it stands, in the words that do; what was typed stays.
  await enter(people.coordinator);
  await page.goto("/traffar");
  const draft = page.locator("ul.occasions > li").filter({ hasText: "13–18 år" }).filter({ hasText: "utkast" });
  await draft.nth(3).locator("a:not(.btn)").click();
  await expect(page).toHaveURL(/\/traffar\/[0-9a-f-]{36}/);
  const meeting = new URL(page.url()).pathname;
  const question = page.getByLabel("Vad vill ni ha råd om?");
  const add = page.getByRole("button", { name: "Lägg till avidentifierad konsultation" });
  const typed = "Ruts barn i 7B kommer inte till skolan.";
  await question.fill(typed);
  await add.click();
  await expect(question).toHaveValue(typed);
  await expect(question).toHaveAttribute("aria-invalid", "true");
  await expect(question).toHaveAccessibleDescription(/”Ruts”.*”7B”/s);
  await expect(page.locator("table.agenda")).toHaveCount(0);
  expect(decodeURIComponent(page.url())).not.toContain("Rut");
  await judge();

  const asked = "En tonåring i årskurs 7 kommer inte till skolan. Var börjar vi?";
  await question.fill(asked);
  await add.click();
  await expect(page.locator("table.agenda")).toContainText(asked);
  await judge();
  await page.getByRole("link", { name: "Skicka kallelse" }).click();
  await expect(page.getByRole("main")).not.toContainText(asked);
  await page.getByRole("button", { name: /^Skicka kallelse till \d+ person/ }).click();
  await expect(page.getByText("kallelse skickad")).toBeVisible();

  // Those who are called can prepare.
  await enter(people.headTeacher);
  await page.goto(meeting);
  await expect(page.getByRole("main")).toContainText(asked);

  // G7: in the room nobody can take it for a case.
  await enter(people.coordinator);
  await page.goto(`${meeting}/rum`);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await expect(page.getByRole("main")).not.toContainText(asked);
  await page.getByRole("button", { name: /Nästa punkt: Avidentifierad/ }).click();
  await expect(page.getByText("inget namn, inget ärende, inga anteckningar")).toBeVisible();
  await expect(page.getByRole("article")).toContainText(asked);
  await expect(page.getByRole("article").getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("article").getByRole("link")).toHaveCount(0);
  await judge();

  // A5: two presses, and the text is gone for everybody.
  await page.getByText("Någon kände igen barnet").click();
  await page.getByRole("button", { name: "Avbryt punkten och ta bort frågan" }).click();
  await expect(page.getByText(/Punkten är avbruten och frågan är borttagen/)).toBeVisible();
  await expect(page.getByRole("list", { name: "Dagordning" })).toContainText("avbruten");
  await page.goto(meeting);
  await expect(page.getByRole("main")).toContainText("Frågan är borttagen");
  await expect(page.getByRole("main")).not.toContainText(asked);
  await enter(people.headTeacher);
  await page.goto(meeting);
  await expect(page.getByRole("main")).not.toContainText(asked);
});
