"""List the licence of every package that runs with the product, and refuse the GPL."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "locks" / "run.lock"
# LGPL is a library's licence and lets us import it; the plain GPL is not.
GPL = re.compile(r"(?<![LA])GPL|(?<!Lesser )General Public License", re.IGNORECASE)


def licence_of(name: str) -> str:
    """Return what a distribution says of its licence, in a few words."""
    data = distribution(name).metadata
    said = data.get("License-Expression") or ""
    classifiers = [
        c.rsplit("::", 1)[-1].strip() for c in data.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    return said or ", ".join(classifiers) or (data.get("License") or "not said").splitlines()[0][:60]


def packages() -> list[str]:
    """Return the names that the lock file installs."""
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)))


def refused() -> list[str]:
    """Return the installed packages that are under the GPL and nothing else."""
    found = []
    for name in packages():
        try:
            licence = licence_of(name)
        except PackageNotFoundError:
            continue  # for another platform
        if GPL.search(licence) and "Lesser" not in licence and not re.search(r"MIT|BSD|Apache|PSF", licence):
            found.append(f"{name}: {licence}")
    return found


def main() -> None:
    """Print the list; exit 1 when the GPL is among it."""
    for name in packages():
        try:
            print(f"{name:32} {licence_of(name)}")
        except PackageNotFoundError:
            print(f"{name:32} (not for this platform)")
    if bad := refused():
        sys.exit("Under the GPL: " + "; ".join(bad))


if __name__ == "__main__":
    main()
