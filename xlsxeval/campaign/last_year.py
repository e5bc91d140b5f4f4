"""Last year's campaign as a source of records: each unit's figures, read when a rule asks for them."""

from __future__ import annotations

from xlsxeval.archive import Archive
from xlsxeval.campaign.clock import Clock
from xlsxeval.campaign.last_year_index import TAMPERING, Index, RecordFile, last_campaign, make_index, record_context
from xlsxeval.errors import XlsxevalError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, FormOrigin, Layouts
from xlsxeval.intake.record import Record
from xlsxeval.intake.returned_record import record_of
from xlsxeval.intake.submission import Returned, Submission, read_returned
from xlsxeval.model import Severity
from xlsxeval.rules.engine import judge
from xlsxeval.rules.names import plain

_REDEFINED = frozenset({FaultCode.SUPERSEDED_VERSION, FaultCode.DEFINITION_CHANGED})
"""Faults of a workbook that was made from definitions other than today's."""


class LastYear:
    """The records of the campaign that another names as last year's.

    The index is made once and sent to other processes; a unit's files are read there when they are asked for.
    """

    def __init__(
        self,
        campaign: Campaign,
        library: Library,
        index: Index | None = None,
        *,
        clock: Clock | None = None,
        address: str | None = None,
    ) -> None:
        """Takes an ``index``, or makes one on first use, with the ``clock`` and the ledger's ``address``."""
        self.campaign = campaign
        self.library = library
        self._index = index
        self._clock = clock
        self._address = address
        self._notes: list[str] = [] if index is None else list(index.notes)
        self._records: dict[str, Record | None] = {}
        self._context: Context | None = None
        self._layouts = Layouts()

    @property
    def index(self) -> Index:
        """The index of last year's units and their files."""
        if self._index is None:
            assert self._clock is not None
            self._index = make_index(self.campaign, self.library, self._clock(), self._address)
            self._notes += self._index.notes
        return self._index

    def take_notes(self) -> tuple[str, ...]:
        """Hands over, and forgets, the notes on records of last year that could not be used."""
        taken, self._notes = tuple(self._notes), []
        return taken

    def of(self, unit: Unit) -> Record | None:
        """The unit's record of last year; None where it handed in nothing that can be trusted."""
        code = code_of(unit, self.index)
        if code is None:
            return None
        if code not in self._records:
            self._records[code] = self._read(code, self.index)
        return self._records[code]

    def _read(self, code: str, index: Index) -> Record | None:
        name = index.names.get(code, "")
        try:
            submissions = [self._submission(held) for held in index.files.get(code, ())]
        except (XlsxevalError, OSError) as error:
            self._notes.append(f"注意：{code} {name} 上年的表没有当作记录：{error}")
            return None
        return record_of(Unit(code, name, (), {}), index.year, submissions) if submissions else None

    def _submission(self, held: RecordFile) -> Submission:
        """The file as it was handed in. Raises XlsxevalError where it cannot be read or trusted."""
        if self._context is None:
            self._context = record_context(last_campaign(self.campaign, self.library), self.library)
        returned = read_returned(held.path.name, _content(held), self._context, self._layouts)
        faults = _faults(returned) if held.faults is None else held.faults
        if returned.submission is None:
            raise XlsxevalError(f"{held.path} 现在读不了（{returned.faults[-1].detail}）")
        if faults:
            raise XlsxevalError(f"锁定的内容或印章有问题（{'、'.join(faults)}），不能算它填报的数")
        return returned.submission


def code_of(unit: Unit, index: Index) -> str | None:
    """The code of a unit in last year's campaign.

    The unit with the same code and name comes first. If the code has another name, a single unit of this name is taken,
    since codes may be reassigned. If no unit has the name, the unit was renamed, and the same code counts.
    """
    same_name = [code for code, name in index.names.items() if plain(name) == plain(unit.name)]
    if unit.code in same_name:
        return unit.code
    if len(same_name) == 1:
        return same_name[0]
    return unit.code if unit.code in index.names and not same_name else None


def _content(held: RecordFile) -> bytes:
    """The bytes of a file; those of an archived file must have the SHA-256 on record."""
    if held.faults is None:
        return held.path.read_bytes()
    return Archive(held.path.parent.parent).read(held.sha256)


def _faults(returned: Returned) -> tuple[str, ...]:
    """Codes of the faults for which a file cannot serve as a record.

    Where the definition has changed since, tampering cannot be established unless the form was kept.
    """
    kept = returned.submission is not None and returned.submission.identity.origin is FormOrigin.KEPT
    changed = not kept and not _REDEFINED.isdisjoint(fault.code for fault in returned.faults)
    families = tuple(family for family in TAMPERING if family != "T" or not changed)
    errors = (finding for finding in judge(returned).findings if finding.severity is Severity.ERROR)
    return tuple(dict.fromkeys(finding.code for finding in errors if finding.code.startswith(families)))
