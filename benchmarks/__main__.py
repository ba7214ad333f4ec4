"""Run every benchmark, print a table and write ``results.json``.

Each module beside this one that has ``run() -> list[dict]`` gives rows of ``name``, ``ours``, ``other``, ``unit``,
``ratio`` (other ÷ ours where less is better: more is better for us), ``target`` and ``holds``.
Name modules on the command line to run only those.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

import benchmarks

COLUMNS = ("name", "ours", "other", "unit", "ratio", "target", "holds")


def names() -> list[str]:
    """Return the benchmark modules, sorted."""
    return sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))


def shown(value: object) -> str:
    """Write one cell."""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure, print, write; exit 1 when a target does not hold."""
    console = Console()
    rows = []
    for name in sys.argv[1:] or names():
        with console.status(f"measuring {name} …"):
            module = importlib.import_module(f"benchmarks.{name}")
            if hasattr(module, "run"):
                rows += module.run()
    table = Table(*COLUMNS, title="ratio: more is better for us")
    for row in rows:
        table.add_row(*(shown(row[column]) for column in COLUMNS), style=None if row["holds"] else "red")
    console.print(table)
    (Path(__file__).parent / "results.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    sys.exit(0 if all(row["holds"] for row in rows) else 1)


if __name__ == "__main__":
    main()
