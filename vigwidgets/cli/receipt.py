"""``vig receipt``: whether a receipt is genuine, and what was handed in is unchanged."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from vigwidgets.records import Records, Verdict

__all__ = ["receipt"]

_ANSWER = {"attempt", "receipt", "feedback"}  # what the service answers to handing in


@click.group()
def receipt() -> None:
    """Check the receipts that people get for handing in."""


@receipt.command()
@click.argument("what", metavar="FILE|ID")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def verify(data: Path, what: str, as_json: bool) -> None:
    """Compare a receipt with the records: content, time, exercise and its version.

    FILE is a receipt or an observation as JSON; ID is an attempt's id. Exit code 0: genuine; 1: not.
    """
    from vigwidgets.errors import Refusal
    from vigwidgets.records import Records

    if not (data / "vig.db").is_file():
        raise Refusal(f"There are no records in {data}; name the service's data directory with --data.")
    records = Records.open(data)
    try:
        verdict = _verdict(records, what)
    finally:
        records.close()
    _as_json(verdict) if as_json else _in_words(verdict)
    if not verdict.holds:
        raise SystemExit(1)


def _verdict(records: Records, what: str) -> Verdict:
    from vigwidgets.observations import parse_observation
    from vigwidgets.records import verify_attempt, verify_observation, verify_receipt

    path = Path(what)
    if not path.is_file():
        return verify_attempt(records, what)
    content = _content(path)
    if "tags" in content:
        return verify_observation(records, parse_observation(content, path.name))
    return verify_receipt(records, content)


def _content(path: Path) -> dict[str, Any]:
    from vigwidgets.errors import Refusal

    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except RecursionError:
        raise Refusal(f"{path.name} is nested too deeply; give a receipt or an observation.") from None
    except (OSError, ValueError) as error:
        raise Refusal(f"{path.name} could not be read as JSON ({error}); give a receipt or an observation.") from None
    if not isinstance(content, dict):
        raise Refusal(f"{path.name} holds neither a receipt nor an observation.")
    # The service answers to handing in with the receipt inside.
    inner = content.get("receipt")
    if not isinstance(inner, dict):
        return content
    strange = [name for name in content if name not in _ANSWER]
    if "feedback" in content and not _leads_to(content["feedback"], inner.get("attempt")):
        strange.append("feedback")
    if strange or content.get("attempt", inner.get("attempt")) != inner.get("attempt"):
        name = [*strange, "attempt"][0][:40]
        raise Refusal(f"{path.name} says something of {name!r} beside the receipt; give the receipt alone.")
    return inner


def _leads_to(feedback: Any, attempt: Any) -> bool:
    """Tell whether an address is just that of an attempt's own feedback, wherever the service lies."""
    base, _, name = feedback.rpartition("attempts/") if isinstance(feedback, str) else ("", "", None)
    return name is not None and name == attempt and re.fullmatch(r"(/[\w.~-]+)*/?", base, re.ASCII) is not None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it says {twice[:40]!r} twice")
    return found


def _as_json(verdict: Verdict) -> None:
    found = {
        "genuine": verdict.holds,
        "without_person": verdict.nobodys,
        "differences": list(verdict.differences),
        "receipt": verdict.receipt,
    }
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _in_words(verdict: Verdict) -> None:
    kept = verdict.receipt
    if verdict.holds and verdict.nobodys:
        click.echo("Genuine, but without its person: what was handed in is unchanged; whose it is, this does not say.")
    elif verdict.holds:
        click.echo("Genuine: what was handed in is unchanged.")
    else:
        click.echo("Not genuine.")
        for difference in verdict.differences:
            click.echo(f"  {difference}")
    click.echo(f"Attempt      {kept['attempt']}")
    click.echo(f"Handed in    {kept['handed_in_at']}")
    click.echo(f"Exercise     {kept['exercise']}, version {kept['exercise_version']}, film {kept['film']}")
    click.echo(f"Fingerprint  {kept['observation_sha256']}")
