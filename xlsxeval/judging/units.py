"""The workbook that stands for each unit in reports and figures: as it arrived, or its parts put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.assembly import assembled, between
from xlsxeval.judging.judge import Conclusion, Judge, JudgedFile
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout, parts_of
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.rules.engine import numbered
from xlsxeval.rules.unit_standings import doubt, unit_standings
from xlsxeval.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files that stand for one workbook, by their numbers: one, or all parts of a unit, whose ``whole`` form is known.

    ``doubt`` says why they cannot stand for their unit; empty where they can.
    """

    numbers: tuple[int, ...]
    whole: Layout | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A workbook to report on. ``doubt`` says why a part cannot stand for its unit; empty where it can."""

    verdict: Verdict
    submission: Submission | None
    doubt: str = ""


class Joiner:
    """Puts the parts of units together, according to a campaign as it is today.

    ``standings`` are the units' standings by the ledger; None where the verdicts cover all files that there are.
    """

    def __init__(
        self,
        campaign: Campaign,
        edition: Edition,
        judge: Judge,
        conclude: Conclusion,
        standings: Mapping[str, UnitStanding] | None = None,
    ) -> None:
        self.campaign = campaign
        self.edition = edition
        self.judge = judge
        self.conclude = conclude
        self.standings = standings

    def groups(self, verdicts: Sequence[Verdict]) -> Iterator[FileGroup]:
        """Groups of files in order. The parts of a unit form one group where each came once and none is missing."""
        standings = self.standings
        if standings is None:
            standings = unit_standings(self.campaign, self.edition, verdicts)
        parts: dict[str, dict[str | None, list[int]]] = {}
        for number, verdict in enumerate(verdicts):
            if verdict.subject is not None:
                parts.setdefault(verdict.subject.code, {}).setdefault(verdict.subject.part, []).append(number)
        for number, verdict in enumerate(verdicts):
            own = parts[verdict.subject.code] if verdict.subject is not None else {}
            unit = self.campaign.unit(verdict.subject.code) if verdict.subject is not None else None
            standing = None if unit is None else standings[unit.code]
            if unit is None or standing is None or standing.is_doubled or any(len(one) > 1 for one in own.values()):
                yield FileGroup((number,))
                continue
            if None in own or not standing.is_settled:
                yield FileGroup((number,), doubt=doubt(standing))
                continue
            whole = build_layout(self.campaign, unit, self.edition, shapes=self.judge.shapes)
            numbers = tuple(found for files in own.values() for found in files)
            if len(own) > len(parts_of(whole)):
                yield FileGroup((number,))
            elif number == numbers[0]:
                yield FileGroup(numbers, whole, "几张分表的表样不同，或与现在的不同，凑不到一起，请给这个单位发新表")

    def made(self, whole: Layout, parts: Sequence[JudgedFile]) -> JudgedFile | None:
        """The whole workbook generated anew with the content of the parts; None where they do not fit together."""
        return assembled(self.judge, whole, {part_of(one.verdict): one for one in parts})

    def told(self, whole: Layout, made: Verdict, parts: Sequence[Verdict]) -> tuple[Verdict, Sequence[Verdict]]:
        """The verdict on the whole, and those on its parts with findings that only the parts together show.

        Its path names the files. It includes all findings of the parts, such as a changed formula, which the form
        generated anew no longer shows.
        """
        found = between(whole, made, {part_of(part): part for part in parts})
        of_parts = self.conclude.waived([found[part_of(part)] for part in parts])
        findings = numbered(finding for part in of_parts for finding in part.findings)
        path = "、".join(PurePath(part.path).name for part in parts)
        return replace(made, path=path, findings=findings), of_parts

    def join(self, judged: Sequence[JudgedFile]) -> list[Joined]:
        """All judged files, with the parts of a unit replaced by its whole workbook where that can be made."""
        joined: list[Joined] = []
        for group in self.groups([one.verdict for one in judged]):
            parts = [judged[number] for number in group.numbers]
            made = self.made(group.whole, parts) if group.whole is not None and all(one[1] for one in parts) else None
            if group.whole is not None and made is not None:
                verdict, _ = self.told(group.whole, made.verdict, [part.verdict for part in parts])
                joined.append(Joined(verdict, made.submission))
            else:
                joined += [Joined(*one, group.doubt) for one in parts]
        return joined


def part_of(verdict: Verdict) -> str:
    """The worksheet that a part contains; empty for a whole workbook."""
    return (verdict.subject.part if verdict.subject is not None else None) or ""
