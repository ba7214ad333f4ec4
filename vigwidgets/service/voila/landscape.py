"""The landscape's page: an attempt's path, the expert's where it may be seen, and the film; drawn by ipyvolume."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, ClassVar

from vigwidgets.notebook import LANDSCAPE
from vigwidgets.service.base import Missing
from vigwidgets.service.pages.feedback import Feedback
from vigwidgets.service.pages.handlers import FeedbackHandler
from vigwidgets.service.pages.render import asset, render
from vigwidgets.service.voila.figure import figure_url
from vigwidgets.service.voila.streamed import KernelPage

__all__ = ["LandscapeHandler"]

_KERNEL = "<!-- the kernel's part -->"
"""Where in the page what the kernel shows has its place."""

_MOST_TOLD = 120_000
"""How many characters a kernel is told at most: what the environment of a process holds wherever this may run."""


class LandscapeHandler(FeedbackHandler, KernelPage):
    """``/attempts/<id>/landscape``: who may read the feedback may read this, and sees in it what is seen there."""

    actions: ClassVar = {"get": "attempt.read"}
    weight = 5
    # ipyvolume, with all that it imports, takes 90 MB; loaded beforehand it would make every start slower.

    async def get(self, attempt_id: str) -> None:
        """Send the page; what it shows at once needs no kernel."""
        view: Feedback = await self.state.read(self._view, attempt_id)
        if not view.landscape or not view.boot:
            raise Missing(
                "This attempt has no landscape, for nothing in it says who did what; go back to its feedback."
            )
        own = view.attempt.person == self.reader.id
        figure = await self.state.read(figure_url, self.state.base)
        whole = render(
            "landscape.html", base=self.state.base, person=self.person, xsrf=self.xsrf_token.decode("ascii"),
            here="learning" if own else "supervision", view=view, figure=figure, film=_film_of(view), kernel=_KERNEL,
        )  # fmt: skip
        before, _, after = whole.partition(_KERNEL)
        context = {
            "before": before, "after": after, "base": self.state.base, "asset": partial(asset, base=self.state.base),
            # Without a kernel the drawing stays that of the page.
            "draws": bool(figure) and len(_told(view)) <= _MOST_TOLD,
        }  # fmt: skip
        await self.send_page(context, {LANDSCAPE: _told(view)})


def _film_of(view: Feedback) -> str:
    """Return under which name the page's film is known to the widget that plays it."""
    return f"landscape-{view.attempt.id}"[:64]


def _told(view: Feedback) -> str:
    scheme = view.attempt.observation.scheme.id
    lands = [view.landscape[who] for who in ("own", "expert") if who in view.landscape]
    data: dict[str, Any] = {"film": _film_of(view), "scheme": scheme, "lands": lands}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
