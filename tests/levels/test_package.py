"""The signed zip: the same bytes for the same content, and nothing taken that was not signed for or is made to harm."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.levels.ladder import members, zipped
from tests.support.exports import COUNTY, TOWN
from tests.support.exports import export as made_export
from xlsxeval.file_kinds import EXPORT_NAME
from xlsxeval.levels import (
    Expected,
    Export,
    ExportBounds,
    ExportedUnit,
    FileRef,
    Lower,
    Opened,
    Refused,
    is_export,
    open_export,
    pack,
)
from xlsxeval.levels.export import export_text, read_text
from xlsxeval.levels.package import SIGNATURE_NAME
from xlsxeval.levels.signing import new_private_key, public_key, sign
from xlsxeval.parcels import Origin, open_parcel

KEY, OTHER = new_private_key(), new_private_key()
PUBLIC = public_key(KEY)
KNOWN = {PUBLIC: Expected(2024)}
BOOKS = (b"one", b"two")


def units() -> tuple[ExportedUnit, ...]:
    """Units whose workbooks are the two books."""
    files = [FileRef(hashlib.sha256(book).hexdigest(), "表.xlsx") for book in BOOKS]
    return tuple(replace(unit, files=(file,)) for unit, file in zip(COUNTY, files, strict=False))


def export(**changes: Any) -> Export:
    return replace(made_export("county", units()), **changes)


def opened(data: bytes, **more: Any) -> Opened:
    return open_export(data, KNOWN, **more)


def code_of(data: bytes, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        opened(data, **more)
    return refused.value.code


def test_what_was_packed_comes_out_and_the_same_gives_the_same_bytes() -> None:
    data = pack(export(), KEY, BOOKS)
    assert data == pack(export(), KEY, reversed(BOOKS))
    found = opened(data)
    assert found.export == export()
    assert [found.workbook(file) for file in found.export.files] == list(BOOKS)
    assert found.key == PUBLIC


def test_an_export_text_is_read_back_as_it_was_and_says_figures_as_texts() -> None:
    text = export_text(export())
    assert read_text(text) == export()
    assert json.loads(text)["units"][0]["amounts"]["executed"] == "93.48"
    assert json.loads(text)["made"] == "2025-06-01T08:00:00Z"


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key that nobody knows": lambda text: text.update(more=1),
    "a figure as a number": lambda text: text["units"][0]["amounts"].update(budget=1.5),
    "a figure that is none": lambda text: text["units"][0]["amounts"].update(budget="NaN"),
    "a figure without end": lambda text: text["units"][0]["amounts"].update(budget="1e999999"),
    "a figure too exact": lambda text: text["units"][0]["amounts"].update(budget="1e-999999"),
    "a figure of no kind": lambda text: text["units"][0]["amounts"].update(profit="1"),
    "a count below nothing": lambda text: text["own"].update(units=-1),
    "a count as a text": lambda text: text["own"].update(units="3"),
    "a moment without its zone": lambda text: text.update(made="2025-06-01T08:00:00"),
    "no SHA-256": lambda text: text["units"][0]["files"][0].update(sha256="../../etc/passwd"),
    "a name without end": lambda text: text["units"][0].update(name="某" * 501),
    "half a sign": lambda text: text["units"][0].update(name="\ud800"),
    "too many units": lambda text: text.update(units=text["units"] * 10_001),
    "no units": lambda text: text.pop("units"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_text_that_is_no_export_is_refused_though_it_is_signed(change: Callable[[dict[str, Any]], object]) -> None:
    text = json.loads(export_text(export()))
    change(text)
    assert code_of(signed(json.dumps(text).encode())) == "export-damaged"


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_text_that_is_no_json_object_is_refused(text: bytes) -> None:
    assert code_of(signed(text)) == "export-damaged"


def test_an_export_of_a_newer_program_is_told_apart() -> None:
    text = json.loads(export_text(export()))
    text["schema"] = 2
    assert code_of(signed(json.dumps(text).encode())) == "export-newer"


def signed(text: bytes) -> bytes:
    """A zip with a good signature over any text."""
    parts = members(pack(export(), KEY, BOOKS))
    head = json.loads(parts[SIGNATURE_NAME])
    head["signature"] = base64.b64encode(sign(KEY, text)).decode()
    return zipped({**parts, EXPORT_NAME: text, SIGNATURE_NAME: json.dumps(head).encode()})


@pytest.mark.parametrize("head", [b"", b"{}", b'{"schema": 1}', b"\0" * 20_000])
def test_a_signature_file_that_is_none(head: bytes) -> None:
    parts = members(pack(export(), KEY, BOOKS))
    assert code_of(zipped({**parts, SIGNATURE_NAME: head})) == "export-damaged"


def test_another_keys_signature_under_a_known_name() -> None:
    parts = members(pack(export(), OTHER, BOOKS))
    head = json.loads(parts[SIGNATURE_NAME])
    head["key"] = PUBLIC
    assert code_of(zipped({**parts, SIGNATURE_NAME: json.dumps(head).encode()})) == "export-changed"


def test_every_single_bit_of_text_and_signature_counts() -> None:
    parts = members(pack(export(), KEY, BOOKS))
    for at in range(0, len(parts[EXPORT_NAME]), 37):
        spoiled = bytearray(parts[EXPORT_NAME])
        spoiled[at] ^= 1
        assert code_of(zipped({**parts, EXPORT_NAME: bytes(spoiled)})) == "export-changed"


def test_cut_off_anywhere_it_is_refused_and_still_known_as_an_export() -> None:
    data = pack(export(), KEY, BOOKS)
    for length in range(60, len(data), 101):
        assert is_export(data[:length])
        assert code_of(data[:length]) == "export-damaged"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "C:/x", "a\\b", "xlsxeval-EXPORT.json"])
def test_names_that_climb_or_stand_twice(name: str) -> None:
    parts = members(pack(export(), KEY, BOOKS))
    assert code_of(zipped({**parts, name: b"x"})) == "export-damaged"


def test_a_bomb_is_not_inflated() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(pack(export(), KEY, BOOKS)).items():
            archive.writestr(name, b" " * (1 << 20) if name == EXPORT_NAME else content)
    assert code_of(buffer.getvalue(), bounds=ExportBounds(text_bytes=1 << 16)) == "export-damaged"


def test_bounds_of_members_and_of_all_together() -> None:
    data = pack(export(), KEY, BOOKS)
    assert code_of(data, bounds=ExportBounds(members=2)) == "export-damaged"
    assert code_of(data, bounds=ExportBounds(total_bytes=len(data) + 1)) == "export-too-large"
    assert code_of(data, bounds=ExportBounds(workbook_bytes=2)) == "export-damaged"


def nested(levels: int) -> bytes:
    """An export in an export, each of another key; the outermost is signed with the known one."""
    data, key = pack(made_export("0", TOWN), OTHER, ()), OTHER
    data = pack(replace(made_export("0", TOWN), workbooks=False), key)
    for number in range(1, levels):
        lower = (Lower("1", "下级", public_key(key), hashlib.sha256(data).hexdigest()),)
        key = KEY if number == levels - 1 else new_private_key()
        data = pack(replace(made_export(str(number), (), lower), workbooks=False), key, (), [data])
    return data


def test_levels_in_one_another_are_bounded() -> None:
    found: Opened | Refused | None = opened(nested(6))
    depth = 0
    while isinstance(found, Opened):
        depth, found = depth + 1, found.lower[0][1]
    assert depth == ExportBounds().depth
    assert isinstance(found, Refused)
    assert found.code == "export-too-deep"


def test_an_export_within_itself_or_below_its_own_maker_is_a_circle() -> None:
    inner = pack(replace(made_export("county", TOWN), workbooks=False), KEY)
    lower = (Lower("1", "自己", PUBLIC, hashlib.sha256(inner).hexdigest()),)
    found = opened(pack(replace(made_export("county", (), lower), workbooks=False), KEY, (), [inner]))
    below = found.lower[0][1]
    assert isinstance(below, Refused)
    assert below.code == "export-circle"
    assert code_of(inner, own=PUBLIC) == "export-circle"


def test_an_export_inside_is_held_against_the_key_that_its_level_named() -> None:
    inner = pack(replace(made_export("town", TOWN), workbooks=False), OTHER)
    lower = (Lower("1", "某某镇", public_key(new_private_key()), hashlib.sha256(inner).hexdigest()),)
    below = opened(pack(replace(made_export("county", (), lower), workbooks=False), KEY, (), [inner])).lower[0][1]
    assert isinstance(below, Refused)
    assert below.code == "export-unregistered"


def test_an_export_is_one_piece_of_a_parcel_and_other_zips_are_none() -> None:
    data = pack(export(), KEY, BOOKS)
    origin = Origin(received_at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
    assert [piece.data for piece in open_parcel("x.zip", data, origin)] == [data]
    packed = zipped({"里面/上报.zip": data, "表.xlsx": b"x"})
    assert [piece.data for piece in open_parcel("x.zip", packed, origin)] == [data, b"x"]
    assert not is_export(packed)
    assert not is_export(b"PK\x03\x04" + struct.pack("<22s", b""))
    assert not is_export(b"")
