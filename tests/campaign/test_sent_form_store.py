"""The forms that a campaign sent are kept once, known by their digests, and nothing that was damaged is believed."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from xlsxeval.campaign import sent_forms
from xlsxeval.campaign.sent_forms import SentForm, SentFormStore
from xlsxeval.errors import StorageError
from xlsxeval.layout.kept import KeptForm, digest_of

SHAPE = '{"kept":1,"sheets":[]}'
TEXT = f'{{"kept":1,"shape":"{digest_of(SHAPE)}"}}'
FORM = KeptForm(digest_of(TEXT), TEXT, digest_of(SHAPE), SHAPE)
SENT = SentForm("0" * 64, "001", None, "1" * 64, FORM.digest, "this")
LOST = replace(SENT, workbook="2" * 64, unit="002", subject="3" * 64, form=None)


@pytest.fixture(autouse=True)
def program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_forms, "generator_digest", lambda: "this")


@pytest.fixture
def store(tmp_path: Path) -> SentFormStore:
    store = SentFormStore(tmp_path)
    store.keep(FORM)
    store.record([SENT, LOST])
    return store


def folder(store: SentFormStore) -> Path:
    return store.campaign / ".xlsxeval" / "forms"


def again(store: SentFormStore) -> SentFormStore:
    """The same folder as another process sees it."""
    other: SentFormStore = pickle.loads(pickle.dumps(store))
    return other


def test_what_is_kept_is_found_by_its_digest_and_by_whom_it_was_for(store: SentFormStore) -> None:
    for one in (store, again(store)):
        assert one.text(FORM.digest) == TEXT
        assert one.text(FORM.shape_digest) == SHAPE
        assert one.forms_of(SENT.subject) == [FORM.digest]
        assert one.forms_of(LOST.subject) == one.forms_of("nothing") == []
        assert one.kept() == {FORM.digest}
        assert one.forms_of(SENT.subject, unnamed=True) == []
    store.record([replace(SENT, workbook="a" * 64, named=False)])
    assert store.forms_of(SENT.subject, unnamed=True) == store.forms_of(SENT.subject) == [FORM.digest]


def test_a_form_and_a_workbook_are_kept_and_recorded_once(store: SentFormStore) -> None:
    before = {path.name: path.read_bytes() for path in folder(store).iterdir()}
    again(store).keep(FORM)
    again(store).record([SENT, LOST, SENT])
    assert {path.name: path.read_bytes() for path in folder(store).iterdir()} == before
    assert len(before) == 3


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x1f\x8b\x08\x00", None])
def test_what_was_damaged_counts_as_not_there_and_is_kept_anew(store: SentFormStore, damage: bytes | None) -> None:
    path = folder(store) / f"{FORM.shape_digest}.json.gz"
    path.unlink() if damage is None else path.write_bytes(damage)
    other = again(store)
    assert other.text(FORM.shape_digest) is None
    assert other.kept() == frozenset()
    assert other.traces().keys() == {"001", "002"}
    other.keep(FORM)
    assert again(store).kept() == {FORM.digest}


def test_another_text_under_a_digest_is_not_believed(store: SentFormStore) -> None:
    name, other = (folder(store) / f"{digest}.json.gz" for digest in (FORM.digest, FORM.shape_digest))
    name.write_bytes(other.read_bytes())
    assert again(store).text(FORM.digest) is None


def test_the_trace_of_a_unit_follows_from_what_is_missing_of_its_forms(store: SentFormStore) -> None:
    traces = store.traces()
    assert traces.keys() == {"002"}
    store.record([replace(SENT, workbook="4" * 64, subject="5" * 64)])
    assert store.traces() == traces
    store.record([replace(LOST, form=FORM.digest)])
    assert store.traces() == {}
    (folder(store) / f"{FORM.digest}.json.gz").unlink()
    assert again(store).traces().keys() == {"001", "002"}


def test_a_lost_form_is_another_one_where_it_is_said_to_be_or_the_program_has_changed(
    store: SentFormStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not store.is_lost(LOST.subject)
    assert not store.is_of_another_program(FORM.digest)
    store.record([replace(LOST, subject="6" * 64, other=True)])
    assert store.is_lost("6" * 64)
    monkeypatch.setattr(sent_forms, "generator_digest", lambda: "later")
    assert store.is_lost(LOST.subject)
    assert store.is_of_another_program(FORM.digest)
    assert not store.is_lost(SENT.subject)


def test_what_was_recovered_serves_instead_of_what_was_lost(store: SentFormStore) -> None:
    store.record([replace(SENT, workbook="7" * 64, instead="8" * 64)])
    assert store.text("8" * 64) == TEXT
    assert store.text("9" * 64) is None


def test_spoiled_lines_and_those_of_a_later_program_are_no_hindrance(store: SentFormStore) -> None:
    index = folder(store) / "sent.jsonl"
    later = {**json.loads(index.read_text(encoding="utf-8").splitlines()[0]), "unit": "003", "more": 1}
    index.write_bytes(index.read_bytes() + b'[1]\n{"unit": "004"}\n\xff\n' + json.dumps(later).encode() + b'\n{"uni')
    other = again(store)
    assert [one.unit for one in other.sent] == ["001", "002", "003"]
    other.record([replace(SENT, unit="005")])
    assert [one.unit for one in again(store).sent] == ["001", "002", "003", "005"]


def test_a_disk_that_takes_nothing_is_told(store: SentFormStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sent_forms, "write_file", full)
    text = f'{{"kept":1,"shape":"{FORM.shape_digest}","sheets":[]}}'
    with pytest.raises(StorageError, match="表样存不下"):
        store.keep(replace(FORM, text=text, digest=digest_of(text)))
