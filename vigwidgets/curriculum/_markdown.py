"""The course's Markdown as HTML, without letting any HTML through."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

__all__ = ["plain_text", "render_markdown"]


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    # "js-default" escapes HTML and refuses javascript: addresses; images would let a page ask another host.
    return MarkdownIt("js-default", {"typographer": False}).disable("image")


def render_markdown(text: str) -> str:
    """Return Markdown as HTML that is safe to put into a page; HTML in it is shown, not obeyed.

    Args:
        text: CommonMark with tables and strikethrough.
    """
    return str(_renderer().render(text))


def plain_text(text: str) -> str:
    """Return Markdown as plain text: a paragraph or a list's item a line, without any marks.

    Args:
        text: CommonMark.
    """
    lines, item = [], ""
    for token in _renderer().parse(text):
        if token.type == "list_item_open":
            item = f"{token.info}. " if token.info else "– "
        elif token.type == "inline":
            pieces = token.children or []
            words = "".join(" " if piece.type in ("softbreak", "hardbreak") else piece.content for piece in pieces)
            lines.append(item + words)
            item = ""
    return "\n".join(lines)
