"""The tables of the ledger. Every table but ``runs`` is a list of events that is only ever added to."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from xlsxeval.ledger.append_only import refuse_changes
from xlsxeval.ledger.columns import Instant, Words

VERSION = 6
"""The version of this schema. A change raises it and adds a step to ``migrations.STEPS``."""

metadata = MetaData()


def _events(name: str, *items: SchemaItem) -> Table:
    """A table of events: its ``id`` is the order in which they came, ``action`` tells who wrote them and when."""
    origin: list[SchemaItem] = [] if name == "actions" else [Column("action", ForeignKey("actions.id"), nullable=False)]
    table = Table(name, metadata, _id(), *origin, *items, sqlite_autoincrement=True)
    refuse_changes(table)
    return table


def _id() -> Column[int]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _text(name: str) -> Column[str]:
    return Column(name, Words, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, Words)


schema_versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    _text("program"),
)
refuse_changes(schema_versions, key="version")

runs = Table(
    "runs",
    metadata,
    Column("campaign", Words, primary_key=True),
    _text("token"),
    _text("host"),
    Column("process", Integer, nullable=False),
    _text("started"),
    _text("who"),
    _text("what"),
    Column("since", Instant, nullable=False),
)

actions = _events(
    "actions",
    _text("campaign"),
    Column("at", Instant, nullable=False),
    _text("who"),
    _text("what"),
    _text("host"),
    _text("program"),
    Column("clock_back", Boolean, nullable=False),
)

campaigns = _events(
    "campaigns",
    _text("campaign"),
    _text("digest"),
    _text("edition"),
    _text("edition_digest"),
    Column("year", Integer, nullable=False),
    _text("department"),
    _maybe("deadline"),
    _text("definition"),
)

units = _events(
    "units",
    _text("campaign"),
    _text("unit"),
    _text("name"),
    _text("digest"),
    Column("present", Boolean, nullable=False),
)

distributions = _events(
    "distributions",
    _text("campaign"),
    _text("unit"),
    _text("part"),
    _text("file_name"),
    _text("sha256"),
    _text("campaign_digest"),
    _text("edition_digest"),
)

receipts = _events(
    "receipts",
    _text("campaign"),
    _text("sha256"),
    Column("size", BigInteger, nullable=False),
    _text("name"),
    _text("source"),
    _maybe("subject"),
    _maybe("sender"),
    Column("received_at", Instant),
    Index("receipts_by_content", "campaign", "sha256"),
)

submissions = _events(
    "submissions",
    _text("campaign"),
    _text("unit"),
    _text("part"),
    Column("version", Integer, nullable=False),
    _text("sha256"),
    Column("receipt", ForeignKey("receipts.id"), nullable=False),
    UniqueConstraint("campaign", "unit", "part", "version"),
    UniqueConstraint("campaign", "unit", "part", "sha256"),
)

judgements = _events(
    "judgements",
    _text("campaign"),
    Column("submission", ForeignKey("submissions.id"), nullable=False, index=True),
    _text("program"),
    _text("status"),
    _maybe("under"),
    _maybe("worksheets"),
)

findings = _events(
    "findings",
    Column("judgement", ForeignKey("judgements.id"), nullable=False, index=True),
    _text("fingerprint"),
    _text("code"),
    _text("slug"),
    _text("severity"),
    _maybe("sheet"),
    _maybe("cell"),
    _maybe("field"),
    _maybe("label"),
    _maybe("shown"),
    _maybe("expected"),
    _text("message"),
    _text("fix"),
    _text("basis"),
    _maybe("working"),
    _maybe("waived_by"),
    _maybe("waived_reason"),
    _maybe("waived_date"),
)

decisions = _events(
    "decisions",
    _text("campaign"),
    _text("kind"),
    _text("unit"),
    _text("part"),
    Column("submission", ForeignKey("submissions.id")),
    Column("other", ForeignKey("submissions.id")),
    Column("receipt", ForeignKey("receipts.id")),
    _maybe("code"),
    _maybe("message"),
    _maybe("under"),
    Index("decisions_by_unit", "campaign", "unit", "part"),
)

waivers = _events(
    "waivers",
    _text("campaign"),
    Column("number", Integer, nullable=False),
    _text("act"),
    _text("by"),
    _text("date"),
    _maybe("unit"),
    _maybe("code"),
    _maybe("sheet"),
    _maybe("cell"),
    _maybe("field"),
    _maybe("shown"),
    _maybe("reason"),
    UniqueConstraint("campaign", "number", "act"),
)

reports = _events(
    "reports",
    _text("campaign"),
    _text("unit"),
    _text("path"),
    _text("sha256"),
    Column("submission", ForeignKey("submissions.id")),
)

exports = _events(
    "exports",
    _text("campaign"),
    _text("level"),
    _text("name"),
    Column("receipt", ForeignKey("receipts.id"), nullable=False),
    _text("sha256"),
    _text("key"),
    Column("made", Instant),
    Column("taken", Boolean, nullable=False),
    _maybe("code"),
    _maybe("message"),
    _maybe("under"),
    _text("standing"),
    _text("findings"),
)

reviews = _events(
    "reviews",
    _text("campaign"),
    _text("unit"),
    _text("state"),
    _text("files"),
    _maybe("note"),
)

accounts = _events(
    "accounts",
    _text("campaign"),
    _text("name"),
    _text("role"),
    _maybe("password"),
)

links = _events(
    "links",
    _text("campaign"),
    _text("unit"),
    _text("digest"),
    Column("revoked", Boolean, nullable=False),
    Index("links_by_digest", "campaign", "digest"),
)

messages = _events(
    "messages",
    _text("campaign"),
    _text("unit"),
    Column("from_unit", Boolean, nullable=False),
    _text("text"),
)

confirmations = _events(
    "confirmations",
    _text("campaign"),
    _text("unit"),
    _text("files"),
    _text("person"),
    Column("errors", Integer, nullable=False),
)

portal_settings = _events(
    "portal_settings",
    _text("campaign"),
    _text("name"),
    _text("value"),
)

PORTAL = (accounts, links, messages, confirmations, portal_settings)
"""Events of the portal: its users, the units' links, messages, confirmations, and its settings."""

EVENTS = (
    actions,
    campaigns,
    units,
    distributions,
    receipts,
    submissions,
    judgements,
    findings,
    decisions,
    waivers,
    reports,
    exports,
    reviews,
    *PORTAL,
)
"""What an export holds, in the order in which a reader follows it."""
