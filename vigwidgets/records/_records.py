"""The records as one: what the rooms above ask and tell."""

from __future__ import annotations

from vigwidgets.records._ledger import Ledger
from vigwidgets.records._people import People
from vigwidgets.records._readings import Readings
from vigwidgets.records._workflow import Workflow

__all__ = ["Records"]


class Records(People, Readings, Workflow, Ledger):
    """An installation's database; open it with `Records.open`.

    Every method is synchronous, safe in several threads, and durable when it returns. Other processes may use
    the same database at the same time.
    """
