"""Whatever comes over a comm, who asked with a number is answered, and nobody else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from vigwidgets.contract.asked import CLOSED, Numbered, Replied, reply_to
from vigwidgets.errors import Refusal


class Add(BaseModel):
    model_config = CLOSED
    type: Literal["add"]
    one: int


class Halve(BaseModel):
    model_config = CLOSED
    type: Literal["halve"]
    by: int


class Sum(Numbered[Annotated[Add | Halve, Field(discriminator="type")]]):
    pass


def answered(request: Sum) -> Replied:
    if isinstance(request.message, Halve):
        return {"half": 1 // request.message.by}, []
    if request.message.one < 0:
        raise Refusal("That is below 0; give 0 or more.")
    return {"sum": request.message.one + 1}, [b"beside"]


def said(content: Any) -> Replied | None:
    return reply_to(content, Sum, answered, "the sum")


def test_the_reply_has_the_number_of_what_was_asked_and_its_bytes() -> None:
    asked = {"id": 7 * 2**24 + 3, "message": {"type": "add", "one": 1}}
    assert said(asked) == ({"id": asked["id"], "ok": True, "value": {"sum": 2}}, [b"beside"])
    assert Sum.model_validate(asked).page == 7


def test_a_refusal_is_told_as_it_is() -> None:
    refused = said({"id": 1, "message": {"type": "add", "one": -1}})
    assert refused == ({"id": 1, "ok": False, "error": "That is below 0; give 0 or more."}, [])


def test_any_other_error_is_told_without_its_inside(capsys: pytest.CaptureFixture[str]) -> None:
    reply = said({"id": 1, "message": {"type": "halve", "by": 0}})
    assert reply is not None
    assert reply[0]["error"].startswith("Something went wrong in the kernel")
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 1},
        {"id": 1, "message": None},
        {"id": 1, "message": {"type": "run"}},
        {"id": 1, "message": {"type": "add", "one": 1, "more": 2}},
        {"id": 1, "message": {"type": "add", "one": 1}, "more": 2},
        {"id": -1, "message": {"type": "add", "one": 1}},
        {"id": 2**60, "message": {"type": "add", "one": 1}},
    ],
)
def test_what_cannot_be_read_is_refused_by_its_number(wrong: dict[str, Any]) -> None:
    reply = said(wrong)
    assert reply is not None
    assert (reply[0]["id"], reply[0]["ok"]) == (wrong["id"], False)
    assert reply[0]["error"].startswith("In the sum, ")


@pytest.mark.parametrize("strange", [None, 3, "x", [], {}, {"id": "1"}, {"id": True}, {"id": 1.5}])
def test_what_has_no_number_is_passed_over(strange: Any) -> None:
    assert said(strange) is None
