"""Say in one sentence what this machine lacks before anything is installed (runs on any Python 3)."""

import shutil
import subprocess
import sys


def main(what):
    """Exit with a sentence when ``what`` ("python" or "node") is missing or too old."""
    if what == "python":
        if sys.version_info < (3, 11):  # noqa: UP036 - this very file is read by older Pythons
            found = ".".join(map(str, sys.version_info[:2]))
            sys.exit(
                "vigwidgets needs Python 3.11 or newer and found %s; run `make PYTHON=python3.12 run`, say." % found
            )
        return
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        sys.exit(
            "vigwidgets needs Node.js 20 or newer with npm and found none; install it from your system's packages."
        )
    version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        sys.exit("vigwidgets needs Node.js 20 or newer and found %s; install a newer one." % version)


if __name__ == "__main__":
    main(sys.argv[1])
