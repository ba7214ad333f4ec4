"""A rating scale in the words of a licensed site, where it has put its own."""

from __future__ import annotations

import logging
from pathlib import Path

from vigwidgets.contract import Scheme
from vigwidgets.errors import Refusal
from vigwidgets.schemes import site_text_path, with_site_text

__all__ = ["in_site_words"]

log = logging.getLogger("vigwidgets.service")


def in_site_words(scheme: Scheme, data: Path) -> Scheme:
    """Return a scheme as a page shows it: with the site's own text from ``DATA/anchors/<scheme>.yaml``, if any.

    A file that is wrong is named in the log and left aside: a page that could not open would help nobody, and which
    words stand on it is said at its foot.
    """
    try:
        return with_site_text(scheme, site_text_path(data, scheme.id))
    except Refusal as refused:
        log.warning("the site's own text is left aside: %s", refused)
        return scheme
