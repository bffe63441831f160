import { defineConfig } from "@playwright/test";

/** Debian's Chromium without windows; `cargo xtask test` names another where it finds one. */
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

export default defineConfig({
  testDir: "./journeys",
  globalSetup: "./setup.ts",
  outputDir: "./test-results",
  // A journey that passes only at the second try has found a fault.
  retries: 0,
  forbidOnly: true,
  workers: 2,
  timeout: 300_000,
  // The databases' tests run beside the journeys, and four of them want each core. How soon something is seen is measured, not tested.
  expect: { timeout: 60_000 },
  reporter: [["list"], ["json", { outputFile: process.env.JOURNEYS_REPORT ?? "./test-results/report.json" }]],
  use: {
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    viewport: { width: 1400, height: 900 },
    // Pages glide into each other; while they do, Chromium lets no click through.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // A trace of every journey costs a sixth of the time; one that failed is walked again with `--trace on`.
    trace: "off",
    launchOptions: {
      executablePath: chromium,
      args: [
        // Chromium's own sandbox does not start for root, which is who runs tests in a container.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        // It shall talk to the program under test and to nobody else.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  // Every journey is walked twice, unless its title says that it needs script (@script) or lacks it (@plain).
  projects: [
    { name: "script", grepInvert: /@plain/ },
    { name: "plain", grepInvert: /@script/, use: { javaScriptEnabled: false } },
  ],
});
