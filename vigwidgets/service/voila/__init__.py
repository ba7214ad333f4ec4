"""The exercise page and its kernel: the few parts of Voila and Jupyter that the service mounts, each with its owner."""
