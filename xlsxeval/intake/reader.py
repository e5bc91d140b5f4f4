"""From the bytes of a received file to flat cells: the one way in."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.book_part import BookReader, read_book
from xlsxeval.intake.cells import RawSheet, RawWorkbook
from xlsxeval.intake.colors import read_theme
from xlsxeval.intake.encrypted import decrypted
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.files import read_file
from xlsxeval.intake.guard import open_package, require_one
from xlsxeval.intake.old_format import WHAT, as_xlsx
from xlsxeval.intake.package import ROOT, Package, Relation
from xlsxeval.intake.parts import USUAL
from xlsxeval.intake.properties import read_custom, read_producer
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.rich_errors import rich_errors
from xlsxeval.intake.sheet import read_sheet
from xlsxeval.intake.strings import Strings, read_strings
from xlsxeval.intake.styles import read_styles
from xlsxeval.limits import Limits

__all__ = ["Limits", "Rejected", "package_in", "read_file", "read_workbook"]

_SHEET_KINDS = ("worksheet", "chartsheet")


def read_workbook(data: bytes, limits: Limits | None = None) -> RawWorkbook:
    """The workbook in ``data``: guarded, bounded, read in one pass over each part.

    Faults that do not stop the reading stand in the result; raises Rejected with its fault for those that do, and
    nothing else for any bytes whatever.
    """
    limits = limits or Limits()
    log = FaultLog(limits)
    content, is_converted = package_in(data, limits)
    package, workbook = open_package(content, limits, log)
    relations = package.relations(workbook)
    book = read_book(package, workbook)
    styles = read_styles(
        package, _target(package, relations, "styles"), read_theme(package, _target(package, relations, "theme")), log
    )
    strings = _target(package, relations, "sharedStrings")
    reading = Reading(
        limits=limits,
        log=log,
        strings=(
            read_strings(package, strings, styles.palette)
            if strings is not None and strings in package
            else Strings([], {})
        ),
        styles=styles,
        date1904=book.date1904,
        rich_errors=rich_errors(package, relations),
    )
    of_package = package.relations(ROOT)
    producer = read_producer(package, _target(package, of_package, "extended-properties"), log)
    if is_converted:
        program = (producer or "LibreOffice").partition("$")[0].replace("/", " ")
        log.add(FaultCode.CONVERTED, f"文件是{WHAT}，用 {program} 转成 xlsx 后核对；收到的文件没有改动")
    return RawWorkbook(
        sheets=_read_sheets(package, book, relations, reading),
        styles=styles.cells,
        defined_names=book.names,
        structure_locked=book.structure_locked,
        properties=read_custom(package, _target(package, of_package, "custom-properties"), log),
        producer=producer,
        date1904=book.date1904,
        calc_mode=book.calc_mode,
        iterate=book.iterate,
        full_precision=book.full_precision,
        parts=package.names,
        faults=log.close(),
    )


def package_in(data: bytes, limits: Limits) -> tuple[bytes, bool]:
    """The xlsx that a received file is or holds, and whether it was converted for that.

    Raises Rejected where it holds none for certain: it has a password, or cannot be converted.
    """
    made = as_xlsx(data, limits)
    return decrypted(data if made is None else made, limits), made is not None


def _read_sheets(
    package: Package, book: BookReader, relations: tuple[Relation, ...], reading: Reading
) -> tuple[RawSheet, ...]:
    by_id = {relation.id: relation for relation in relations}
    sheets: list[RawSheet] = []
    seen: set[str] = set()
    for entry in book.sheets:
        relation = by_id.get(entry.relation)
        if relation is None or relation.external or relation.part not in package:
            raise refusal(FaultCode.INCOMPLETE_FILE, "工作表的内容不在文件里", sheet=entry.name)
        if relation.kind not in _SHEET_KINDS:
            raise refusal(
                FaultCode.ACTIVE_CONTENT, f"工作表是 {relation.kind[:40]} 类型，不是普通的表", sheet=entry.name
            )
        if relation.target.casefold() in seen:
            raise refusal(FaultCode.WRITTEN_TWICE, "两张工作表指向同一份内容", sheet=entry.name)
        seen.add(relation.target.casefold())
        sheets.append(read_sheet(package, relation.target, entry.name, entry.state, relation.kind, reading))
    return tuple(sheets)


def _target(package: Package, relations: tuple[Relation, ...], kind: str) -> str | None:
    targets = {relation.part for relation in relations if relation.kind == kind and not relation.external}
    if len(targets) > 1:
        raise refusal(FaultCode.WRITTEN_TWICE, f"工作簿写了 {len(targets)} 个 {kind} 部件，不同软件会读不同的一个")
    target = next(iter(targets), None)
    if kind in USUAL and target is not None and target in package:
        require_one(package, kind, target)
    return target
