"""A unit's own workbook as it is today, with values typed in: those of its last return, or of another file it sent.

Any workbook will do as a source: another unit's form, last year's, one that was copied into a new file. Its worksheets,
rows and columns are found by their texts, as those of a return are whose rows were moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.campaign.names import workbook_name
from xlsxeval.campaign.workbooks import chosen_units, generate
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.examination import Chore
from xlsxeval.collection.reception import Reception
from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import Keys, find_keys
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Identity
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Submission, submission_of
from xlsxeval.judging.judge import Judge
from xlsxeval.judging.remarks import refilled
from xlsxeval.layout.kept import FormWriter
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address
from xlsxeval.results.distribution import generate_all
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import Hands


@dataclass(frozen=True, slots=True)
class OwnWorkbook:
    """A workbook to download. ``typed`` is how many cells hold a unit's values.

    ``is_sent``: the campaign keeps its form; without that the workbook must not be handed out.
    """

    name: str
    content: bytes
    typed: int
    is_sent: bool


@dataclass(frozen=True, slots=True)
class FormOrder(Chore):
    """A unit's workbook to make. ``source`` are the bytes of the file whose values are typed in, None for an empty form."""

    code: str
    source: bytes | None
    name: str = ""

    def done(self, judge: Judge) -> OwnWorkbook | None:
        """The workbook, None where the campaign has no such unit or no keys."""
        from xlsxeval.workbook import refilled_bytes  # XlsxWriter only where a workbook is written

        campaign, sent = judge.context.campaign, judge.context.sent
        unit = None if campaign is None else campaign.unit(self.code)
        if campaign is None or unit is None or sent is None or campaign.directory is None:
            return None
        keys = find_keys(campaign.directory)
        if keys is None:
            return None
        edition = judge.context.library.edition(campaign.edition)
        layout = build_layout(campaign, unit, edition, shapes=judge.shapes)
        digest = FormWriter().kept(layout).digest
        name, is_sent = workbook_name(layout), sent.text(digest) is not None
        held = None if self.source is None else self._held(layout, digest, self.source, keys, judge)
        if held is None:
            return OwnWorkbook(name, generate(layout, keys, digest), 0, is_sent)
        form = refilled(held, keys.password, keys.key)
        typed = sum(value not in (None, "") for value in form.values.values())
        return OwnWorkbook(name, refilled_bytes(form), typed, is_sent)

    def lost(self, lost: Lost, judge: Judge) -> None:
        """Nothing is made of a file that takes too long."""

    def _held(self, layout: Layout, digest: str, source: bytes, keys: Keys, judge: Judge) -> Submission | None:
        """The source held against the unit's form as it is today; None where it has none of its worksheets."""
        own = judge.read_bytes(self.name, source).submission
        if own is not None and own.unit.code == self.code and own.identity.seal.form == digest:
            return own
        try:
            raw = read_workbook(source, judge.limits)
        except Rejected:
            return None
        seal = make_seal(layout.campaign, layout.unit, layout.edition, keys.key, layout.part, digest)
        found = submission_of(raw, Identity(seal, layout, "unchecked", ()), judge.context)
        return found if found.views and _any_typed(found.inputs) else None


def _any_typed(inputs: Mapping[Address, object]) -> bool:
    return any(value not in (None, "") for value in inputs.values())


def own_workbook(
    workspace: Workspace, reception: Reception, code: str, hands: Hands, source: bytes | None = None
) -> OwnWorkbook:
    """A unit's workbook with the values of ``source``, which is read where arrivals are judged; without one it is empty.

    Nothing is recorded. Raises UsageError for an unknown unit, and where it cannot be made.
    """
    chosen_units(workspace.campaign, (code,))
    made = reception.do(workspace, FormOrder(code, source), hands)
    if not isinstance(made, OwnWorkbook):
        raise UsageError("这份表现在做不出来。请过一会儿再试，或与组织部门联系。")
    return made


def send_own(workspace: Workspace, codes: list[str]) -> int:
    """Makes the workbooks of those of these units whose form of today the campaign does not keep; returns how many.

    They are recorded as every workbook that is sent out.
    """
    from xlsxeval.campaign.folders import SENT
    from xlsxeval.layout.shaping import Shapes

    shapes, writer, store = Shapes(), FormWriter(), workspace.sent_forms
    due = []
    for unit in chosen_units(workspace.campaign, tuple(codes)) if codes else ():
        layout = build_layout(workspace.campaign, unit, workspace.edition, shapes=shapes)
        if store.text(writer.kept(layout).digest) is None or find_keys(workspace.folder) is None:
            due.append(unit.code)
    if due:
        generate_all(workspace, workspace.folder / SENT, due, force=True)
    return len(due)
