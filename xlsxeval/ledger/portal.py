"""The portal's part of the ledger: users, links of units, messages, confirmations and settings, each with who and when.

Passwords are kept as salted hashes, links as the SHA-256 of their tokens: neither can be read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from xlsxeval.ledger import schema
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.records import Action
from xlsxeval.ledger.writer import Writer


class AccountRole(StrEnum):
    """Role of a user of the portal: an organiser changes things, an auditor reads them."""

    ORGANISER = "organiser"
    AUDITOR = "auditor"

    @property
    def word(self) -> str:
        """The word for people."""
        return {"organiser": "组织人员", "auditor": "查阅人员"}[self.value]


@dataclass(frozen=True, slots=True)
class Account:
    """A user as last recorded. ``password`` is the hash of the password, None once the account was closed."""

    id: int
    action: int
    name: str
    role: str
    password: str | None


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A link of a unit as last recorded; ``digest`` is the SHA-256 of its token."""

    id: int
    action: int
    unit: str
    digest: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class UnitMessage:
    """A message to a unit, or from it."""

    id: int
    action: int
    unit: str
    from_unit: bool
    text: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A unit's 确认上报 of its counting files, whose SHA-256 are in ``files``, joined by blanks.

    ``errors`` is how many errors were open then, ``person`` who confirmed for the unit.
    """

    id: int
    action: int
    unit: str
    files: str
    person: str
    errors: int


@dataclass(frozen=True, slots=True)
class _Setting:
    id: int
    action: int
    name: str
    value: str


def accounts(r: Queries) -> dict[str, Account]:
    """Users by name, also those whose accounts were closed."""
    return {one.name: one for one in r._records(schema.accounts, Account)}


def links(r: Queries, unit: str | None = None, digest: str | None = None) -> list[UnitLink]:
    """Links as they stand, of all units or of one; or the one with this digest."""
    found = {one.digest: one for one in r._records(schema.links, UnitLink, unit=unit, digest=digest)}
    return list(found.values())


def messages(r: Queries, unit: str | None = None) -> list[UnitMessage]:
    """Messages in their order."""
    return r._records(schema.messages, UnitMessage, unit=unit)


def confirmations(r: Queries, unit: str | None = None) -> dict[str, Confirmation]:
    """The last confirmation of each unit."""
    return {one.unit: one for one in r._records(schema.confirmations, Confirmation, unit=unit)}


def all_confirmations(r: Queries, unit: str | None = None) -> list[Confirmation]:
    """Every confirmation, in their order."""
    return r._records(schema.confirmations, Confirmation, unit=unit)


def settings(r: Queries) -> dict[str, str]:
    """Settings of the portal as last recorded."""
    return {one.name: one.value for one in r._records(schema.portal_settings, _Setting)}


def arrivals_through(r: Queries, place: str) -> list[int]:
    """Numbers of the receipts whose source begins with this place."""
    table = schema.receipts
    query = select(table.c.id).where(table.c.campaign == r.campaign, table.c.source.startswith(place, autoescape=True))
    return list(r._connection.execute(query).scalars())


def moments(r: Queries, numbers: Iterable[int]) -> Mapping[int, Action]:
    """Actions by their ids: who wrote an event, and when."""
    return {number: one for number in set(numbers) for one in r.actions(number)}


def record_account(w: Writer, name: str, role: AccountRole, password: str | None) -> int:
    """Records a user, a new password of one, or (None) that the account is closed. ``password`` is a hash."""
    return w._write(schema.accounts, name=name, role=role.value, password=password)


def record_link(w: Writer, unit: str, digest: str, *, revoked: bool = False) -> int:
    """Records a link that was made for a unit, or that it was revoked."""
    return w._write(schema.links, unit=unit, digest=digest, revoked=revoked)


def record_message(w: Writer, unit: str, text: str, *, from_unit: bool) -> int:
    """Records a message to a unit, or from it."""
    return w._write(schema.messages, unit=unit, text=text, from_unit=from_unit)


def record_confirmation(w: Writer, unit: str, files: Iterable[str], person: str, errors: int) -> int:
    """Records that a unit confirmed its counting files."""
    return w._write(schema.confirmations, unit=unit, files=" ".join(sorted(files)), person=person, errors=errors)


def record_setting(w: Writer, name: str, value: str) -> int:
    """Records a setting of the portal."""
    return w._write(schema.portal_settings, name=name, value=value)


def portal_lines(r: Queries, unit: str | None) -> Iterable[tuple[int, str]]:
    """Lines of the history: each with the id of its action."""
    if unit is None:
        known: set[str] = set()
        for account in r._records(schema.accounts, Account):
            act = "停用" if account.password is None else "改密码" if account.name in known else "开户"
            known.add(account.name)
            yield account.action, f"{act}：{account.name}（{AccountRole(account.role).word}）"
        for setting in r._records(schema.portal_settings, _Setting):
            yield setting.action, f"上报页面设置 {setting.name} 改为 {setting.value}"
    for link in r._records(schema.links, UnitLink, unit=unit):
        act = "收回链接" if link.revoked else "发链接"
        yield link.action, f"{act} {link.unit}（{link.digest[:12]}）"
    for message in messages(r, unit):
        whose = f"单位 {message.unit} 留言" if message.from_unit else f"给单位 {message.unit} 留言"
        yield message.action, f"{whose}：{message.text}"
    for one in all_confirmations(r, unit):
        errors = f"，当时还有 {one.errors} 处错误" if one.errors else ""
        yield one.action, f"单位 {one.unit} 确认上报（{one.person}）{errors}"
