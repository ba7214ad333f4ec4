"""``vig doctor``: what is missing here, and how to get it."""
