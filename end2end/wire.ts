import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";

/** A wire to a server that can be cut so that neither end is told: bytes go nowhere, as on a train. */
export class Wire {
  private cutOff = false;
  private readonly ends = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** Where a browser reaches the server by this wire. */
    readonly origin: string,
  ) {}

  static async to(origin: string): Promise<Wire> {
    const { hostname, port } = new URL(origin);
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const wire = new Wire(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("connection", (near) => wire.join(near, connect(Number(port), hostname)));
    return wire;
  }

  /** From here on nothing comes through, and nobody is told. */
  cut(): void {
    this.cutOff = true;
  }

  /** New connections come through again; those from before are gone. */
  mend(): void {
    for (const end of this.ends) end.destroy();
    this.cutOff = false;
  }

  async close(): Promise<void> {
    for (const end of this.ends) end.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(from);
      from.on("data", (bytes) => this.cutOff || to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.ends.delete(from);
        to.destroy();
      });
    }
  }
}
