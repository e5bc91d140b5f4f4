"""What a formula would do is told from its text, whatever the text is, and in time that grows with its length only."""

from __future__ import annotations

import time

import pytest

from xlsxeval.intake.dangers import calls, dangers, outside_link

DANGEROUS = {
    "cmd|'/c calc'!A1": "DDE",
    "MSEXCEL|'\\..\\x.xlsx'!''": "DDE",
    'DDE("soffice","x","A1")': "DDE",
    '_xlfn.WEBSERVICE("http://x.invalid")': "WEBSERVICE",
    'SUM(1,webservice("http://x.invalid"))': "WEBSERVICE",
    'COM.MICROSOFT.WEBSERVICE ("x")': "WEBSERVICE",
    'HYPERLINK("http://x.invalid","点")': "HYPERLINK",
    "HYPERLINK(A1)": "HYPERLINK",
    'HYPERLINK("#A1")&HYPERLINK(B1)': "HYPERLINK",
    'INDIRECT("A"&1)': "INDIRECT",
    "RAND()*0+A1": "RAND",
    "IF(A1,NOW(),1)": "NOW",
    'CALL("kernel32","WinExec","JCJ","calc",1)': "CALL",
    'RTD("x",,"y")': "RTD",
}
HARMLESS = [
    'HYPERLINK("#附件2!A1","回到表")',
    'IF(A1="WEBSERVICE(1)|x","RAND()","")',
    "'a|b'!A1+1",
    "SUM(A1:A9)",
    "ROUND(RANDOM,1)",
    "附件2!NOWA1+MYRAND(1)",
    "OFFSET(A1,1,1)",
    "",
]


@pytest.mark.parametrize(("formula", "word"), DANGEROUS.items())
def test_a_dangerous_formula_is_told_by_what_it_calls(formula: str, word: str) -> None:
    assert any(word in told for told in dangers(formula))


@pytest.mark.parametrize("formula", HARMLESS)
def test_a_harmless_formula_is_not(formula: str) -> None:
    assert dangers(formula) == ()


def test_each_danger_is_told_once() -> None:
    assert len(dangers("RAND()+RAND()+rand()")) == 1


@pytest.mark.parametrize(
    "formula",
    ['"' * 400_001, "'" * 400_001, "A" * 400_000, "A." * 200_000, "a " * 200_000, "COM.SUN.STAR." * 30_000 + "("],
    ids=["quotes", "apostrophes", "word", "dots", "words", "prefixes"],
)
def test_endless_texts_take_no_endless_time(formula: str) -> None:
    begun = time.process_time()
    dangers(formula)
    calls(formula, "LAMBDA")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("target", "outside"),
    [
        ("http://example.invalid/", False),
        ("HTTPS://example.invalid/", False),
        ("mailto:a@example.invalid", False),
        ("#附件2!A1", False),
        ("", False),
        ("file:///c:/x.exe", True),
        ("\\\\server\\x", True),
        ("其他.xlsx", True),
        ("ms-excel:ofe|u|x", True),
    ],
)
def test_links_to_files_and_programs_are_outside(target: str, outside: bool) -> None:
    assert outside_link(target) is outside
