"""The pages that are rendered on the server: no kernel, no framework, and no request to another host."""

from vigwidgets.service.pages.handlers import PAGE_ROUTES

__all__ = ["PAGE_ROUTES"]
