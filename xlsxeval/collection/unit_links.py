"""Links of units: each opens one unit's page. A token has 128 random bits; only its SHA-256 is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import UnitLink, links, moments, record_link

_WHAT = "links"
_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that was made just now. Its token is known to no one but who holds this value."""

    code: str
    unit: str
    token: str


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link that works: the digest by whose beginning people tell it from others, who made it, and when.

    ``number`` is its place among all links on record: a later one has a greater number.
    """

    unit: str
    digest: str
    by: str
    at: dt.datetime
    number: int


def token_digest(token: str) -> str:
    """The SHA-256 under which a token is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_links(workspace: Workspace, codes: Sequence[str] = (), *, renew: bool = False) -> list[NewLink]:
    """Makes a link for each of these units, by default for all. ``renew``: their earlier links stop working.

    Raises UsageError for an unknown unit.
    """
    units = chosen_units(workspace.campaign, tuple(dict.fromkeys(codes)))
    made = [NewLink(unit.code, unit.name, secrets.token_urlsafe(_BYTES)) for unit in units]
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        known = links(w) if renew else []
        for one in made:
            for old in known:
                if old.unit == one.code and not old.revoked:
                    record_link(w, old.unit, old.digest, revoked=True)
            record_link(w, one.code, token_digest(one.token))
    return made


def link_address(base: str, token: str) -> str:
    """The address that a link's token makes with the portal's address. Raises UsageError for one that is no address."""
    base = base.strip().rstrip("/")
    if not base.startswith(("https://", "http://")) or not base.split("/")[2] or not base.isprintable():
        raise UsageError(f"“{base}”不是网址。请写单位打开上报页面的地址，例如 https://jixiao.example.gov.cn。")
    return f"{base}/u/{token}"


def new_addresses(workspace: Workspace, codes: Sequence[str], base: str) -> dict[str, str]:
    """Addresses of new links for these units, by code. Raises UsageError where ``base`` is no address."""
    link_address(base, "")
    return {one.code: link_address(base, one.token) for one in make_links(workspace, codes)} if codes else {}


def revoke_links(workspace: Workspace, codes: Sequence[str], digests: Sequence[str] = ()) -> int:
    """Revokes all links of these units, or only those with these digests; returns how many stopped working."""
    units = {unit.code for unit in chosen_units(workspace.campaign, tuple(codes))} if codes else set()
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        gone = [
            one for one in links(w) if not one.revoked and (one.digest in digests if digests else one.unit in units)
        ]
        for one in gone:
            record_link(w, one.unit, one.digest, revoked=True)
    return len(gone)


def unit_of_token(workspace: Workspace, token: str) -> str | None:
    """Code of the unit whose page a token opens; None for a token that was never made, or was revoked.

    A unit that left the roster has no page.
    """
    if not workspace.has_ledger:
        return None
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        found = links(r, digest=token_digest(token))
    if not found or found[0].revoked or workspace.campaign.unit(found[0].unit) is None:
        return None
    return found[0].unit


def known_links(workspace: Workspace) -> Mapping[str, list[KnownLink]]:
    """The links that work, by unit."""
    if not workspace.has_ledger:
        return {}
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        live: list[UnitLink] = [one for one in links(r) if not one.revoked]
        acts = moments(r, (one.action for one in live))
    found: dict[str, list[KnownLink]] = {}
    for one in live:
        act = acts[one.action]
        found.setdefault(one.unit, []).append(KnownLink(one.unit, one.digest, act.who, act.at, one.id))
    return found
