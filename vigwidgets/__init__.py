"""vigwidgets: learn to see, second by second, what goes well between a parent and a baby."""

__version__ = "0.1.0"
