import { type Page, expect } from "@playwright/test";

/** The demo's people, by what they do in the journeys. */
export const people = {
  coordinator: "Maria Lindqvist",
  socialWorker: "Per Berg",
  headTeacher: "Anna Ek",
  psychologist: "Eva Sand",
  nurse: "Vera Lund",
  administrator: "Karin Holm",
} as const;

/** A local date `days` from today, as people type it. */
export function inDays(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return written(day);
}

/** The birth date of somebody who turned `years` some weeks ago, and so keeps the age for the whole journey. */
export function bornYearsAgo(years: number): string {
  const day = new Date();
  day.setFullYear(day.getFullYear() - years);
  day.setDate(day.getDate() - 40);
  return written(day);
}

function written(day: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A name nobody else in the municipality has, so that the journey can look for it everywhere. */
export function childsName(): string {
  return `Provbarn ${Math.random().toString(36).slice(2, 8)}`;
}

/** Registers a case and gives its four characters and its address. */
export async function register(
  page: Page,
  name: string,
  born: string,
  protection?: string,
): Promise<{ reference: string; address: string }> {
  await page.goto("/arenden/nytt");
  await page.getByLabel("Barnets namn").fill(name);
  await page.getByLabel("Födelsedatum").fill(born);
  await page.getByLabel("Vad ska träffen hjälpa till med?").fill("Hur kommer vi vidare med skolgången?");
  await page.getByLabel("Vårdnadshavare", { exact: true }).fill("Rut Provsson");
  await page.getByLabel("Vårdnadshavare 2").fill("Nils Provsson");
  if (protection) await page.getByLabel("Skyddad identitet").selectOption(protection);
  await page.getByRole("button", { name: "Registrera ärendet" }).click();
  await expect(page).toHaveURL(/\/arenden\/[0-9a-f-]{36}/);
  const shown = await page.getByRole("main").innerText();
  const reference = shown.match(/\b[A-Z0-9]{4}\b(?= · |\n|$)/m)?.[0];
  if (!reference) throw new Error(`no case reference on the page:\n${shown}`);
  return { reference, address: new URL(page.url()).pathname };
}

/** Records the consent the form proposes: all who must answer say yes to the units that are ticked, and to one whose name begins so. */
export async function consent(page: Page, address: string, also?: string): Promise<void> {
  await page.goto(`${address}/samtycke`);
  for (const unit of also ? await page.getByRole("checkbox", { name: new RegExp(`^${also}`) }).all() : []) await unit.check();
  await page.getByLabel(/Det som står på blanketten har förklarats/).check();
  const heard = page.getByLabel("Har fått säga sitt");
  if (await heard.count()) await heard.check();
  await page.getByRole("button", { name: "Registrera samtycket" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}(\\?|$)`));
  await expect(page.getByText(/Gäller t\.o\.m\./).first()).toBeVisible();
}

/** Lets somebody into the room. */
export async function letIn(page: Page, unit: string, who: string): Promise<void> {
  const quick = page.getByRole("button", { name: new RegExp(`: ${who}$`) });
  if (await quick.isVisible()) {
    await quick.click();
  } else {
    await page.getByText("Pricka in").first().click();
    await page.getByLabel("Enhet").selectOption({ label: unit });
    await page.getByLabel("Namn", { exact: true }).fill(who);
    await page.getByRole("button", { name: "Pricka in" }).click();
  }
  await expect(page.locator("ul.room")).toContainText(who);
}

/** Puts a case on a youth meeting that is still a draft, sends the invitations, and gives the address of its room. */
export async function planned(page: Page, reference: string): Promise<string> {
  await page.goto("/traffar");
  const draft = page.locator("ul.occasions > li").filter({ hasText: "13–18 år" }).filter({ hasText: "utkast" });
  await draft.nth(3).locator("a:not(.btn)").click();
  await expect(page).toHaveURL(/\/traffar\/[0-9a-f-]{36}/);
  const meeting = new URL(page.url()).pathname;
  await page.getByRole("button", { name: `Lägg till ${reference}` }).click();
  await expect(page.locator("table.agenda")).toContainText(reference);
  await call(page);
  return `${meeting}/rum`;
}

/** Signs the coordinator in on the page that leads there. A one-time code works once: the next may have to be waited for. */
export async function signInAgain(page: Page): Promise<void> {
  await expect(page).toHaveURL(/logga-in/);
  const name = page.getByRole("button", { name: "Logga in som Maria Lindqvist" });
  const code = page.getByRole("button", { name: "Använd koden" });
  await expect(async () => {
    if (await name.isVisible()) await name.click();
    await code.click({ timeout: 10_000 });
    await expect(page).toHaveURL(/\/rum/, { timeout: 5_000 });
  }).toPass({ intervals: [31_000] });
}

/** Puts a common item on the agenda that is open. */
export async function addCommonItem(page: Page, title: string): Promise<void> {
  await page.locator("input[name=title]").fill(title);
  await page.locator("input[name=title]").press("Enter");
  await expect(page.locator("table.agenda")).toContainText(title);
}

/** Sends the invitations to the meeting whose agenda is open. */
export async function call(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Skicka kallelse" }).click();
  await page.getByRole("button", { name: /^Skicka kallelse till \d+ person/ }).click();
  await expect(page.getByText("kallelse skickad")).toBeVisible();
}
