"""Passwords: scrypt, with its cost beside each hash so that it can be raised later."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from vigwidgets.errors import Refusal

__all__ = ["LONGEST", "SHORTEST", "hash_password", "password_matches"]

SHORTEST, LONGEST = 8, 500

# 2**15 blocks of 8 three times over: 32 MB and about a quarter of a second for each guess.
_LOG_N, _R, _P = 15, 8, 3


def hash_password(password: str) -> str:
    """Return what to keep instead of ``password``.

    Raises:
        Refusal: It is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(
            f"That password has {len(password)} characters; choose one with {SHORTEST} to {LONGEST}, "
            "for example four words that do not belong together."
        )
    salt = secrets.token_bytes(16)
    return _written(_LOG_N, _R, _P, salt, _scrypt(password, salt, _LOG_N, _R, _P))


def password_matches(password: str, kept: str | None) -> bool:
    """Tell whether ``password`` is the one behind ``kept``, in a time that does not tell why not.

    Args:
        password: What was typed.
        kept: What `hash_password` returned; None for nobody, or for a person without a password.
    """
    name, log_n, r, p, salt, digest = (kept or _NOBODY).split("$")
    if name != "scrypt":
        raise ValueError(f"unknown kind of password hash {name!r}")
    found = _scrypt(password[:LONGEST], base64.b64decode(salt), int(log_n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(digest)) and kept is not None


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    n = 1 << log_n
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)


def _written(log_n: int, r: int, p: int, salt: bytes, digest: bytes) -> str:
    return f"scrypt${log_n}${r}${p}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


# Somebody who is not there must take as long to refuse as somebody who is.
_NOBODY = _written(_LOG_N, _R, _P, bytes(16), bytes(32))
