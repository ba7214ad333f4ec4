/** Ratings among the tags. */
import type { Tag } from "../contract";

/** The modifier that holds the step that was chosen; vigwidgets/observations/_rating.py says the same. */
export const RATING = "rating";

export const isRating = (tag: Tag): boolean => RATING in (tag.modifiers ?? {});
