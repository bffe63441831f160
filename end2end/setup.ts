import { Server } from "./server.ts";

/** The name under which every worker finds the municipality made here. */
export const made = "SAMVERKAN_MADE";

/** Makes the demo municipality once for all workers; removes it when the last journey is walked. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await Server.start();
  await server.rest();
  process.env[made] = server.folder;
  return () => server.stop();
}
