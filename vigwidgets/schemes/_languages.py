"""In which languages a scheme can be read whole."""

from __future__ import annotations

from vigwidgets.contract import Scheme

__all__ = ["languages_of"]


def languages_of(scheme: Scheme) -> list[str]:
    """Return the languages (BCP 47) in which the title and every code's label are written, English first.

    A language in which one label is missing is not among them: a half-translated page is none.
    """
    texts = [scheme.title, *(code.label for code in scheme.codes)]
    everywhere = set.intersection(*(set(text) for text in texts))
    return sorted(everywhere, key=lambda language: (language != "en", language))
