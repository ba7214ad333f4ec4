"""The course's Markdown becomes HTML that cannot do anything."""

from __future__ import annotations

from vigwidgets.curriculum import plain_text, render_markdown


def test_markdown_becomes_html() -> None:
    html = render_markdown("Press `i`.\n\n1. Watch **once**.\n\n| a |\n|---|\n| b |")
    for piece in ("<code>i</code>", "<ol>", "<strong>once</strong>", "<td>b</td>"):
        assert piece in html


def test_html_and_foreign_things_do_not_get_through() -> None:
    html = render_markdown("<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://example.org/p.png)")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_plain_text_keeps_words_lines_and_numbers_and_no_marks() -> None:
    assert plain_text("Watch\n**once**.\n\n1. Press `i`.\n2. Then `3`.\n\n- Or not.") == (
        "Watch once.\n1. Press i.\n2. Then 3.\n– Or not."
    )
