"""Jupyter's question "who is this?", answered from our own web session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth import IdentityProvider, User

from vigwidgets.service.identity import COOKIE

if TYPE_CHECKING:
    from vigwidgets.service.state import ServiceState

__all__ = ["SessionIdentity"]


class SessionIdentity(IdentityProvider):
    """Knows a person by the session's cookie, and by nothing else: no token, no password of Jupyter's."""

    @property
    def auth_enabled(self) -> bool:
        """Whether one must be signed in: always."""
        return True

    async def get_user(self, handler: Any) -> User | None:
        """Return who asks, or None."""
        state: ServiceState = handler.settings["vig_state"]
        token = handler.get_cookie(COOKIE)
        person = await state.read(state.records.session_person, token) if token else None
        return User(username=person.id, name=person.name) if person else None
