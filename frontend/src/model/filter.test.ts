import { expect, test } from "vitest";
import { CAST, SCHEME, tag } from "../testing/paig";
import { Codebook } from "./codebook";
import { EVERYTHING, type Filter, isOpen, matcher } from "./filter";

const TAGS = [
  { ...tag("a", 0, 1), note: "Bébé looks up" },
  tag("b", 0, 1, "3.4"),
  { ...tag("c", 0, null, "initiative.look"), actor: "baby", target: "mum" },
  tag("d", 0, 1, "1"),
];
const found = (filter: Partial<Filter>) =>
  TAGS.filter(matcher({ ...EVERYTHING, ...filter }, new Codebook(SCHEME), CAST)).map(({ id }) => id);

test.each<[Partial<Filter>, string[]]>([
  [{}, ["a", "b", "c", "d"]],
  [{ code: "3" }, ["a", "b"]],
  [{ code: "3.4" }, ["b"]],
  [{ actor: "baby" }, ["c"]],
  [{ text: "BEBE up" }, ["a"]],
  [{ text: "smiles" }, ["b"]],
  [{ text: "receiving" }, ["a", "b"]],
  [{ text: "child", code: "initiative" }, ["c"]],
  [{ text: "nobody" }, []],
])("%o finds %o", (filter, ids) => expect(found(filter)).toEqual(ids));

test("a filter of blanks lets everything through", () => {
  expect(isOpen({ ...EVERYTHING, text: "  " })).toBe(true);
  expect(isOpen({ ...EVERYTHING, actor: "mum" })).toBe(false);
});
