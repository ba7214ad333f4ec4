"""``python -m vigwidgets.cli`` is ``vig``."""

from vigwidgets.cli import main

main()
