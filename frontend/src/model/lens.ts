/** One scheme's tags read in another's words, as a crosswalk lays the two side by side. The tags stay as they are. */
import type { Code, Crosswalk, Labels, Scheme } from "../contract";

/** A crosswalk with the scheme on its other side, as a page is given it. */
export interface Across {
  crosswalk: Crosswalk;
  scheme: Scheme;
}

export interface Counterpart {
  /** Codes of the other scheme; none where the sources give none. */
  codes: Code[];
  /** Codes that the sources mention beside it. */
  beside: Code[];
  /** What the table says of it. */
  says: Labels | null;
}

export class Lens {
  private readonly codes: ReadonlyMap<string, Code>;

  /** @param from The id of the scheme whose tags are read. */
  constructor(
    readonly across: Across,
    readonly from: string,
  ) {
    this.codes = new Map(across.scheme.codes.map((code) => [code.id, code]));
  }

  get title(): Labels {
    return this.across.scheme.title;
  }

  /**
   * What stands beside a code in the table; a behaviour stands where its lane stands.
   *
   * @param id The code itself.
   * @param lane The id of its lane.
   */
  counterpart(id: string, lane: string): Counterpart {
    const { crosswalk } = this.across;
    if (crosswalk.same?.includes(lane))
      return { codes: this.known([this.codes.has(id) ? id : lane]), beside: [], says: null };
    const forth = crosswalk.schemes[0] === this.from;
    const sides = crosswalk.rows.map((row) => ({
      here: forth ? row.first : row.second,
      there: forth ? row.second : row.first,
      // Named beside a row are codes of the second scheme only.
      hereToo: forth ? [] : (row.beside ?? []),
      thereToo: forth ? (row.beside ?? []) : [],
      says: row.says ?? null,
    }));
    const own = sides.filter((row) => row.here.includes(lane));
    const near = sides.filter((row) => row.hereToo.includes(id) || row.hereToo.includes(lane));
    return {
      codes: this.known(own.flatMap((row) => row.there)),
      beside: this.known([...own.flatMap((row) => row.thereToo), ...near.flatMap((row) => row.there)]),
      says: own.find((row) => row.says)?.says ?? null,
    };
  }

  private known(ids: readonly string[]): Code[] {
    return [...new Set(ids)].flatMap((id) => this.codes.get(id) ?? []);
  }
}
