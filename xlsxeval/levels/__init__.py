"""Levels (分级): what a campaign hands to the office above it, as one signed file, and what that office proves of it.

For those who use it::

    data = pack(export, private_key, workbooks, exports)     # the file that goes up
    is_export(data)                                          # whether a file is one
    opened = open_export(data, Expected(key, campaign, year, edition))   # signature, identity, contents; raises Refused
    Received(opened, rereads, …)                             # with the figures read again from the workbooks
    received.own, received.total                             # the sums as they were proven, never as they were stated

Bytes and values in, values out: files, keys and the clock are the command line's. What is wrong with the figures is told
by the rules of the family U.
"""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.levels.export import SCHEMA, Export, ExportedProject, ExportedUnit, ExportedWaiver, FileRef, Lower
    from xlsxeval.levels.figures import Amounts, LevelTotals, ReturnStatus, totals_of
    from xlsxeval.levels.opened import Expected, ExportBounds, Opened, open_export
    from xlsxeval.levels.package import Refused, is_export, pack
    from xlsxeval.levels.received import Owner, Received, Reread
    from xlsxeval.levels.standing import Below, LevelStanding, read_standing, standing_of, standing_text

__all__ = [
    "SCHEMA",
    "Amounts",
    "Below",
    "Expected",
    "Export",
    "ExportBounds",
    "ExportedProject",
    "ExportedUnit",
    "ExportedWaiver",
    "FileRef",
    "LevelStanding",
    "LevelTotals",
    "Lower",
    "Opened",
    "Owner",
    "Received",
    "Refused",
    "Reread",
    "ReturnStatus",
    "is_export",
    "open_export",
    "pack",
    "read_standing",
    "standing_of",
    "standing_text",
    "totals_of",
]

__getattr__ = late_names(
    __name__,
    export=("SCHEMA", "Export", "ExportedProject", "ExportedUnit", "ExportedWaiver", "FileRef", "Lower"),
    figures=("Amounts", "LevelTotals", "ReturnStatus", "totals_of"),
    opened=("Expected", "ExportBounds", "Opened", "open_export"),
    package=("Refused", "is_export", "pack"),
    received=("Owner", "Received", "Reread"),
    standing=("Below", "LevelStanding", "read_standing", "standing_of", "standing_text"),
)
