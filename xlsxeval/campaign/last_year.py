"""Last year's campaign as a witness: what each unit put on record then, read when a rule asks for it."""

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
"""Faults of a workbook that was made from other definitions than today's."""


class LastYear:
    """The records of the campaign that another names as last year's.

    The index is made once, and travels to other processes; a unit's files are read there when they are asked for.
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
        """Without an ``index`` it is made when it is first asked for, with the ``clock`` and the ledger's ``address``."""
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
        """Whose files lie where."""
        if self._index is None:
            assert self._clock is not None
            self._index = make_index(self.campaign, self.library, self._clock(), self._address)
            self._notes += self._index.notes
        return self._index

    def take_notes(self) -> tuple[str, ...]:
        """Hands over, once, why records of last year were not used since this was last asked."""
        taken, self._notes = tuple(self._notes), []
        return taken

    def of(self, unit: Unit) -> Record | None:
        """What the unit put on record, None where it handed in nothing that can be believed."""
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
        """The file as it was handed in. Raises XlsxevalError where it cannot be read or believed."""
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
    """The code under which a unit stood in last year's campaign.

    A code counts where its unit has the same name. Where it has another, a single unit of this name counts before it:
    codes are given out anew. Where there is none the unit was renamed, and its code counts.
    """
    same_name = [code for code, name in index.names.items() if plain(name) == plain(unit.name)]
    if unit.code in same_name:
        return unit.code
    if len(same_name) == 1:
        return same_name[0]
    return unit.code if unit.code in index.names and not same_name else None


def _content(held: RecordFile) -> bytes:
    """The bytes of a file; those of an archive must be what was received."""
    if held.faults is None:
        return held.path.read_bytes()
    return Archive(held.path.parent.parent).read(held.sha256)


def _faults(returned: Returned) -> tuple[str, ...]:
    """Why a file is no record.

    Where the definition has changed since, no one can say what was tampered with, unless the form was kept.
    """
    kept = returned.submission is not None and returned.submission.identity.origin is FormOrigin.KEPT
    changed = not kept and not _REDEFINED.isdisjoint(fault.code for fault in returned.faults)
    families = tuple(family for family in TAMPERING if family != "T" or not changed)
    errors = (finding for finding in judge(returned).findings if finding.severity is Severity.ERROR)
    return tuple(dict.fromkeys(finding.code for finding in errors if finding.code.startswith(families)))
