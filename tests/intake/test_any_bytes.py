"""Whatever the bytes, the reader answers with a workbook or with one fault, and with nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.ooxml import Member, lying_zip, members, pack, parts
from xlsxeval.intake.reader import Rejected, read_workbook
from xlsxeval.model import Fault, split_a1

ROWS = (
    '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1+1</f><v>2</v></c></row>'
    '<row r="2" ht="15"><c r="A2" t="b"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>3</v></c>'
    '<c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="d"><v>2024-01-01</v></c>'
    '<c r="E2" t="inlineStr"><is><r><t>x</t></r></is></c></row>'
)
AFTER = (
    '<sheetProtection sheet="1"/><mergeCells><mergeCell ref="A5:B6"/></mergeCells>'
    '<dataValidations><dataValidation type="list" sqref="A1 B2"><formula1>"a"</formula1></dataValidation>'
    "</dataValidations>"
)
STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="0.0"/></numFmts>'
    '<fonts><font><color theme="1" tint="0.2"/></font></fonts>'
    '<fills><fill><patternFill patternType="solid"><fgColor indexed="3"/></patternFill></fill></fills>'
    '<cellXfs><xf numFmtId="176" fontId="0" fillId="0"><protection locked="0"/></xf></cellXfs>'
)
SANE = parts(ROWS, after=AFTER, styles=STYLES, strings=["<t>a_x000D_</t>"], book='<calcPr calcMode="auto"/>')


def survives(data: bytes) -> bool:
    """True if the workbook was read; anything but Rejected passes through and fails the test."""
    try:
        found = read_workbook(data)
    except Rejected as rejection:
        assert well_placed(rejection.fault)  # noqa: PT017
        return False
    assert all(well_placed(fault) for fault in found.faults)
    return True


def well_placed(fault: Fault) -> bool:
    """A fault says something, and points to a cell inside a worksheet or to none."""
    return bool(fault.detail) and (fault.cell is None or split_a1(fault.cell) is not None)


def test_the_seed_itself_is_sane() -> None:
    assert survives(pack(SANE))


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml "]))
def test_any_bytes(data: bytes, magic: bytes) -> None:
    assert not survives(magic + data)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(sorted(SANE)), st.integers(0, 2**32), st.integers(1, 8))
def test_changed_bytes_inside_a_part(part: str, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(SANE[part])
    for _ in range(changes):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.choice(b'0123456789<>"/ abcXYZ\xff\x00-')
            case 1:
                del content[at : at + chance.randrange(1, 12)]
            case _:
                content[at:at] = bytes(content[chance.randrange(len(content)) :][: chance.randrange(1, 60)])
        if not content:
            break
    survives(lying_zip([*members(SANE | {part: bytes(content)})]))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_changed_bytes_of_the_archive(data: st.DataObject) -> None:
    archive = bytearray(pack(SANE))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at] = data.draw(st.integers(0, 255))
    survives(bytes(archive))
    survives(bytes(archive[: data.draw(st.integers(0, len(archive)))]))


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=20), st.binary(max_size=40)), max_size=6))
def test_archives_of_anything(content: list[tuple[bytes, bytes]]) -> None:
    survives(lying_zip([Member(name, data) for name, data in content]))


VALUES = [
    "",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "NaN",
    "A1",
    "XFD1048576",
    "true",
    "𝟙",
    "٣",
    " 1 ",
    "\u2028",
    "x" * 50,
]


@pytest.mark.parametrize("part", sorted(SANE))
def test_every_attribute_with_every_odd_value(part: str) -> None:
    """Replaces each attribute value of the seed in turn: no integer, index or reference may go unchecked."""
    pieces = SANE[part].decode().split('"')
    for position in range(1, len(pieces), 2):
        for value in VALUES:
            changed = [*pieces[:position], value, *pieces[position + 1 :]]
            survives(lying_zip(members(SANE | {part: '"'.join(changed).encode()})))
