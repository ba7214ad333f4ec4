"""Starts the pages from JupyterLab's launcher; only whoever holds this Binder reaches them."""

c = get_config()  # noqa: F821 - Jupyter gives it
c.ServerProxy.servers = {
    "learn-to-see": {
        # Any name: the hub in front has asked for this Binder's own token already.
        "command": [
            "vig",
            "serve",
            "--demo",
            "--host-name",
            "*",
            "--port",
            "{port}",
            "--base",
            "{base_url}learn-to-see/",
        ],
        "absolute_url": True,  # the service knows its own root path
        "timeout": 30,
        "launcher_entry": {"title": "Learn to see"},
    }
}
