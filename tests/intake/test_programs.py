"""What programs write besides what was typed changes nothing: the same values, and no finding but what is noted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fuzz.seeds import seed
from tests.support.programs import ALL
from xlsxeval.intake.submission import read_returned
from xlsxeval.model import Severity
from xlsxeval.rules.engine import judge

PAGE = Path(__file__).parents[2] / "docs" / "internals" / "programs.md"


@pytest.mark.parametrize("name", ALL)
def test_a_return_that_is_so_written_is_read_as_it_was(name: str) -> None:
    base, quirk = seed(), ALL[name]
    written = quirk.write(base.data)
    assert written != base.data
    returned = read_returned("表.xlsx", written, base.context, base.layouts)
    findings = judge(returned).findings
    assert {finding.code for finding in findings} == quirk.noted
    assert all(finding.severity is not Severity.ERROR for finding in findings)
    assert returned.submission is not None
    assert {address: value for address, value in returned.submission.inputs.items() if value is not None} == {
        address: value
        for address, value in base.values.items()
        if value is not None and address in returned.submission.inputs
    }


def test_the_page_names_every_quirk_and_no_other() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert set(ALL) <= named


def test_another_password_is_refused() -> None:
    import io

    from msoffcrypto.format.ooxml import OOXMLFile

    made = io.BytesIO()
    OOXMLFile(io.BytesIO(seed().data)).encrypt("1234", made)
    returned = read_returned("表.xlsx", made.getvalue(), seed().context, seed().layouts)
    assert [fault.code for fault in returned.faults] == ["F005"]
