"""A seal names the form that it seals; one of a program that kept no forms is what it always was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.support.base import base
from xlsxeval.forms.seal import Seal, make_seal, read_seal

FORM = "a" * 64


def sealed(form: str | None) -> Seal:
    made = base()
    return make_seal(made.campaign, made.unit, made.edition, b"k" * 32, form=form)


def test_a_seal_names_its_form() -> None:
    back = read_seal(sealed(FORM).sheet_texts)
    assert back is not None
    assert back.form == FORM
    assert back.signed_by(b"k" * 32)
    forged = replace(back, text=back.text.replace(FORM, "b" * 64))
    assert not forged.signed_by(b"k" * 32)


def test_a_seal_without_a_form_is_what_it_always_was() -> None:
    seal = sealed(None)
    assert "form" not in json.loads(seal.text)
    back = read_seal(seal.sheet_texts)
    assert back is not None
    assert back.form is None
    assert back.signed_by(b"k" * 32)


@pytest.mark.parametrize("form", ["", "a" * 63, "A" * 64, "g" * 64, 1, ["a" * 64], "a" * 65, "../../" + "a" * 58])
def test_what_is_no_digest_is_no_seal(form: object) -> None:
    data = {**json.loads(sealed(None).text), "form": form}
    assert read_seal(["xlsxeval", "0" * 64, json.dumps(data)]) is None


def test_whose_workbook_it_is_does_not_follow_from_the_form() -> None:
    made, seal = base(), sealed(FORM)
    newer = replace(made.edition, version=made.edition.version + 1, digest="0" * 64)
    others = [sealed(None), make_seal(made.campaign, made.unit, newer, b"other", form="b" * 64)]
    assert {one.subject_digest for one in others} == {seal.subject_digest}
    part = make_seal(made.campaign, made.unit, made.edition, b"k" * 32, "附件1", FORM)
    renamed = make_seal(made.campaign, replace(made.unit, name="另一个"), made.edition, b"k" * 32, form=FORM)
    assert len({seal.subject_digest, part.subject_digest, renamed.subject_digest}) == 3
