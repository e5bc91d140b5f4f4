"""Edited reports and exports of lower levels, mutated, and what must hold of the answer."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import docx

from tests.fuzz import markup, packing
from tests.levels.ladder import members, zipped
from tests.support.exports import COUNTY
from tests.support.exports import export as made_export
from xlsxeval.collection.reread import received_of, results_by_unit, tasks_of
from xlsxeval.file_kinds import EXPORT_NAME
from xlsxeval.intake.rejected import Rejected
from xlsxeval.levels import (
    Expected,
    FileRef,
    Lower,
    Refused,
    Reread,
    is_export,
    open_export,
    pack,
    read_standing,
    standing_of,
    standing_text,
)
from xlsxeval.levels.package import SIGNATURE_NAME
from xlsxeval.levels.signing import public_key, sign
from xlsxeval.proofreading import parts, read_document
from xlsxeval.rules.exports import judge_export

PRIVATE = bytes(range(32))
BOOKS = (b"one", b"two")
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x", "x" * 5000, "-1", "1e999999", "NaN", "Infinity", "0" * 200, [], {}, [[]], "a" * 64,
    "2025-06-01T08:00:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "clean", "\u202e", {"a": [1]}, "\x00", "1" * 60,
)  # fmt: skip


@cache
def _report() -> bytes:
    document = docx.Document()
    document.add_heading("某某局绩效自评报告", 1)
    for text in ("一、基本情况", "全年预算数 1,234.50 万元，执行率 97.23%。", "（一）存在的问题", ""):
        document.add_paragraph(text)
    table = document.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格 {number}"
    table.cell(0, 0).merge(table.cell(1, 1))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def report(dice: random.Random) -> bytes:
    """A docx, spoilt in its bytes, its members or its trees."""
    change = dice.choice([*packing.BYTES, *packing.ZIP, *markup.XML, *markup.XML])
    return change(dice, _report())


def check_report(data: bytes) -> Iterator[str]:
    """A document is read, or refused with a reason."""
    try:
        document = read_document(data)
    except Rejected as error:
        if not error.fault.detail:
            yield "refused without a reason"
        return
    for part in parts(document):
        for line in part.lines:
            str(line)


@cache
def _export() -> bytes:
    files = [FileRef(hashlib.sha256(book).hexdigest(), "表.xlsx") for book in BOOKS]
    units = tuple(replace(one, files=(file,)) for one, file in zip(COUNTY, files, strict=False))
    below = pack(made_export("town", ()), bytes(range(1, 33)))
    lower = Lower("1", "某某镇", public_key(bytes(range(1, 33))), hashlib.sha256(below).hexdigest())
    return pack(made_export("county", (*units, COUNTY[2]), (lower,)), PRIVATE, BOOKS, [below])


def export(dice: random.Random) -> bytes:
    """An export: its text changed and signed by its own office, or its members or its bytes spoilt by somebody else."""
    if dice.randrange(3) == 0:
        return dice.choice([*packing.BYTES, *packing.ZIP])(dice, _export())
    held = members(_export())
    text = json.loads(held[EXPORT_NAME])
    for _ in range(dice.choice((1, 1, 2, 4))):
        spots = list(_spots(text))
        if not spots:
            break
        node, key = dice.choice(spots)
        match dice.randrange(4):
            case 0:
                del node[key]
            case 1 if isinstance(node, list):
                node.extend(json.loads(json.dumps(node)) * dice.choice((1, 1, 20)))
            case _:
                node[key] = dice.choice(ODD)
    content = json.dumps(text, ensure_ascii=dice.randrange(2) == 0).encode("utf-8", "replace")
    head = json.loads(held[SIGNATURE_NAME])
    if dice.randrange(10):
        head["signature"] = base64.b64encode(sign(PRIVATE, content)).decode()
    return zipped({**held, EXPORT_NAME: content, SIGNATURE_NAME: json.dumps(head).encode()})


def _spots(root: Any) -> Iterator[tuple[Any, Any]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in inside:
            yield node, key
            waiting.append(value)


def check_export(data: bytes) -> Iterator[str]:
    """An export is opened and judged, or refused with a reason; no unit and no workbook of it counts twice."""
    is_export(data)
    try:
        opened = open_export(data, {public_key(PRIVATE): Expected(2024)})
    except Refused as refused:
        if not str(refused) or not refused.code:
            yield "refused without a reason"
        return
    tasks = list(tasks_of(opened))
    rereads = [Reread((None,) * len(task.files), fault="不读") for task in tasks]
    received = received_of("上报", opened, results_by_unit(tasks, rereads), {})
    for finding in judge_export(received):
        if not finding.message:
            yield "a finding that says nothing"
    read_standing(standing_text(standing_of(received)))
    codes = [unit.code for unit in opened.export.units]
    if received.own.units > len(set(codes)):
        yield f"{received.own.units} units count of {len(set(codes))}"
