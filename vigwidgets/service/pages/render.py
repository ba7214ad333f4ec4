"""Turn a template and its context into a page.

Templates are escaped by default; the only markup that passes is what :func:`markdown` made from a course file.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vigwidgets.curriculum import render_markdown
from vigwidgets.errors import Refusal
from vigwidgets.resources import static_path
from vigwidgets.service.pages import words
from vigwidgets.service.pages.places import Nav, nav_for

__all__ = ["asset", "markdown", "render"]

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, /, **context: Any) -> str:
    """Return a page as HTML.

    Args:
        template: A file under ``templates/``, for example ``"learning.html"``.
        context: What the template names. Every page may be given ``base`` (the application's root path, ends with
            ``/``), ``person`` (who is signed in, or None) and ``xsrf`` (the token for its forms).
    """
    person = context.get("person")
    shared: dict[str, Any] = {"base": "/", "person": None, "xsrf": "", "here": ""}
    nav: list[Nav] = nav_for(person.role) if person is not None else []
    return _environment().get_template(template).render({**shared, "nav": nav, **context})


def asset(name: str, base: str = "/") -> str:
    """Return the address of a built front-end file, with the hash of its content in its name.

    Args:
        name: Its plain name, for example ``"pages.css"``.
        base: The application's root path.

    Raises:
        Refusal: The front end has not been built, or has no such file.
    """
    manifest = static_path("manifest.json")
    hashed = _manifest(manifest, manifest.stat().st_mtime_ns).get(name)
    if hashed is None:
        raise Refusal(f"The built front end has no {name!r}; run `make frontend` in the checkout.")
    return f"{base}assets/{hashed}"


def markdown(text: str) -> Markup:
    """Return a course's Markdown as HTML; raw HTML in it is shown as text, and no link may run a script."""
    return Markup(render_markdown(text))  # noqa: S704 - the curriculum's renderer lets no HTML through


@lru_cache(maxsize=8)
def _manifest(path: Path, changed: int) -> dict[str, str]:  # noqa: ARG001 - a new build has a new time
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset, zone=words.zone_name)
    environment.filters.update(
        capitalize_first=lambda text: text[:1].upper() + text[1:],
        clock=words.clock,
        count=words.count,
        day_and_time=words.day_and_time,
        day_words=words.day_words,
        first_name=words.first_name,
        hours_words=words.hours_words,
        iso=lambda moment: words.when(moment).isoformat(timespec="seconds"),
        minutes=words.minutes,
        seconds=words.seconds,
        signed=words.signed,
    )
    return environment
