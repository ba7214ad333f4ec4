/** Loads scripts that were written for RequireJS, one after the other: each calls `define` once, without a name. */

type Factory = (...modules: unknown[]) => unknown;
type Define = ((needs: string[] | Factory, factory?: Factory) => void) & { amd?: object };

declare global {
  interface Window {
    define?: Define;
  }
}

export class Shelf {
  private readonly modules = new Map<string, unknown>();

  put(name: string, module: unknown): void {
    this.modules.set(name, module);
  }

  get(name: string): Record<string, unknown> {
    const module = this.modules.get(name);
    if (!module) throw new Error(`no module ${name}`);
    return module as Record<string, unknown>;
  }

  /** Loads a script from an address, and puts what it defines on the shelf. */
  load(name: string, url: string): Promise<void> {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = url;
      let defined: [needs: string[], factory: Factory] | null = null;
      const define: Define = (needs, factory) => {
        defined = typeof needs === "function" ? [[], needs] : [needs, factory as Factory];
      };
      define.amd = {};
      window.define = define;
      script.onerror = () => failed(new Error(`${name} did not come`));
      script.onload = () => {
        delete window.define;
        if (!defined) return failed(new Error(`${name} defined nothing`));
        try {
          this.put(name, this.made(...defined, url));
          done();
        } catch (error) {
          failed(error);
        }
      };
      document.head.append(script);
    });
  }

  private made(needs: string[], factory: Factory, url: string): unknown {
    const exports = {};
    const given = needs.map((need) => {
      if (need === "exports") return exports;
      if (need === "module") return { uri: url };
      return this.get(need);
    });
    return factory(...given) ?? exports;
  }
}
