"""YAML as people write it: what is wrong is told with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.inline import Desk, spot
from tests.fuzz.bounds import bounded
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.yaml_file import YamlFile

GOOD_FORM = "form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[甲]]\n"
FILES = {
    "templates/editions/e.yaml": "edition: e\ntitle: 测试版本\nforms: [f/v]\n",
    "templates/forms/f/v.yaml": GOOD_FORM,
    "campaign.yaml": "campaign: c\nedition: e\nyear: 2024\ndepartment: 某某市财政局\n"
    "units:\n  - code: '001'\n    name: 某某局\n",
}


@pytest.fixture
def files(desk: Desk) -> Desk:
    for name, text in FILES.items():
        desk.write(name, text)
    return desk


def test_the_files_are_good_before_they_are_spoilt(files: Desk) -> None:
    assert [sheet.name for sheet in files.layout().sheets] == ["附件1", "自查"]


@pytest.mark.parametrize("name", FILES)
def test_a_key_written_twice_is_told_at_the_second(files: Desk, name: str) -> None:
    first = FILES[name].split(":")[0]
    path = files.write(name, FILES[name] + f"{first}: 又一次\n")
    place, message = files.only_problem()
    assert place == (name, *spot(path, f"{first}:", 2))
    assert f"「{first}」" in message
    assert "两次" in message


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a: [1, 2\nb: 3\n", 2, 2, id="bracket not closed"),
        pytest.param("a: 1\n b: 2\n", 2, 3, id="indented for no reason"),
        pytest.param("a: 1\n\tb: 2\n", 2, 1, id="tab"),
        pytest.param("a: 'x\n", 2, 1, id="quote not closed"),
        pytest.param("a: *b\n", 1, 4, id="alias of nothing"),
        pytest.param("- a\n- b\n", 1, 1, id="a list"),
        pytest.param("只有一行字\n", 1, 1, id="a text"),
        pytest.param("", 1, 1, id="nothing"),
        pytest.param("# 只有注释\n", 1, 1, id="only a comment"),
    ],
)
def test_what_is_no_yaml_mapping_is_told_where_it_breaks(
    files: Desk, name: str, text: str, line: int, column: int
) -> None:
    files.write(name, text)
    place, _ = files.only_problem()
    assert place == (name, line, column)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param("form: 表".encode("gbk"), id="GBK"),
        pytest.param(b"\xff\xfea\x00", id="UTF-16"),
        pytest.param(b"PK\x03\x04\x00\xff\xfe", id="a workbook"),
        pytest.param(b"a: \x00\n", id="control character"),
    ],
)
def test_a_file_that_is_no_utf8_text_is_told(files: Desk, name: str, content: bytes) -> None:
    (files.folder / name).write_bytes(content)
    place, message = files.only_problem()
    assert place[0] == name
    assert message


def test_a_byte_order_mark_is_passed_over(files: Desk) -> None:
    for name, text in FILES.items():
        (files.folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert files.layout().sheets


def test_a_missing_campaign_is_told_by_its_path(files: Desk) -> None:
    (files.folder / "campaign.yaml").unlink()
    place, _ = files.only_problem()
    assert place == ("campaign.yaml", 0, 0)


@pytest.mark.parametrize(
    ("name", "line", "wrong", "meant"),
    [
        ("templates/editions/e.yaml", "titel: 某\n", "titel", "title"),
        ("templates/forms/f/v.yaml", "landscap: true\n", "landscap", "landscape"),
        ("campaign.yaml", "dedline: 2025-05-31\n", "dedline", "deadline"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(files: Desk, name: str, line: str, wrong: str, meant: str) -> None:
    path = files.write(name, FILES[name] + line)
    place, message = files.only_problem()
    assert place == (name, *spot(path, wrong))
    assert f"「{wrong}」" in message
    assert f"是不是「{meant}」" in message


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        pytest.param("  - {row: [甲], hight: 3}\n", "hight", id="of a row"),
        pytest.param("  - {repeat: x, lines: 2, line: [甲], helper: []}\n", "helper", id="of a block"),
        pytest.param("  - [{text: 甲, aling: left}]\n", "aling", id="of a cell"),
    ],
)
def test_an_unknown_key_deep_in_the_grid_is_told_at_its_place(files: Desk, entry: str, wrong: str) -> None:
    path = files.form(f"form: f\nattachment: 附件1\ncolumns: [10]\ngrid:\n{entry}")
    place, message = files.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, wrong))
    assert f"「{wrong}」" in message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("columns: 十\n", "columns", id="not a list"),
        pytest.param("columns: [十]\n", "十", id="not a number"),
        pytest.param("columns: [10]\neach: unit\n", "each", id="not one of the words"),
        pytest.param("columns: [10]\nlandscape: 也许\n", "landscape", id="not true or false"),
        pytest.param("columns: [10]\nfields: [甲]\n", "fields", id="not a mapping"),
        pytest.param("columns: [10]\ntitle: [甲]\n", "title", id="not a text"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_at_its_place(files: Desk, text: str, key: str) -> None:
    path = files.form(f"form: f\nattachment: 附件1\ngrid: [[甲]]\n{text}")
    place, _ = files.only_problem()
    assert place == ("templates/forms/f/v.yaml", *spot(path, key))


@pytest.mark.parametrize("key", ["columns", "grid", "attachment"])
def test_a_form_without_what_it_needs_is_told(files: Desk, key: str) -> None:
    text = "".join(line for line in GOOD_FORM.splitlines(keepends=True) if not line.startswith(key))
    files.form(text)
    place, message = files.only_problem()
    assert place == ("templates/forms/f/v.yaml", 1, 1)
    assert f"「{key}」" in message


@pytest.mark.parametrize("key", ["edition", "title", "forms"])
def test_an_edition_without_what_it_needs_is_told(files: Desk, key: str) -> None:
    name = "templates/editions/e.yaml"
    text = "".join(line for line in FILES[name].splitlines(keepends=True) if not line.startswith(f"{key}:"))
    files.edition(text)
    place, message = files.only_problem()
    assert place[0] == name
    assert key in message


def test_a_form_must_be_named_as_its_folder(files: Desk) -> None:
    files.form(GOOD_FORM.replace("form: f", "form: g"))
    place, message = files.only_problem()
    assert place == ("templates/forms/f/v.yaml", 1, 1)
    assert "「g」" in message


def test_an_edition_must_be_named_as_its_file(files: Desk) -> None:
    files.edition("edition: ee\ntitle: 测试版本\nforms: [f/v]\n")
    place, message = files.only_problem()
    assert place == ("templates/editions/e.yaml", 1, 1)
    assert "「ee」" in message


def test_an_edition_named_without_its_basis_is_told(files: Desk) -> None:
    path = files.edition("edition: e\ntitle: 某\nforms: [f/v]\nparameters:\n  weight.total: {value: 100}\n")
    place, message = files.only_problem()
    assert place == ("templates/editions/e.yaml", *spot(path, "weight.total"))
    assert "basis" in message


@pytest.mark.parametrize("name", ["f", "", "f/../../campaign", "/etc/passwd", "f/v.yaml"])
def test_a_form_listed_by_anything_but_folder_and_name_is_told(files: Desk, name: str) -> None:
    path = files.edition(f"edition: e\ntitle: 某\nforms:\n  - '{name}'\n")
    place, message = files.only_problem()
    assert place == ("templates/editions/e.yaml", *spot(path, f"'{name}'"))
    assert f"「{name}」" in message


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        pytest.param("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", ["31"], id="too long"),
        pytest.param("附件[1]", ["附件[1]"], id="brackets"),
        pytest.param("甲/乙", ["甲/乙"], id="slash"),
        pytest.param("' '", ["31"], id="blank"),
        pytest.param("自查", ["自查"], id="the self-check's own"),
        pytest.param("_seal", ["_seal"], id="the seal's own"),
        pytest.param("History", ["History"], id="kept by Excel"),
    ],
)
def test_a_name_that_excel_takes_for_no_worksheet_is_told(files: Desk, sheet: str, words: list[str]) -> None:
    files.form(f"form: f\nsheet: {sheet}\ncolumns: [10]\ngrid: [[甲]]\n")
    place, message = files.only_problem()
    assert place == ("templates/forms/f/v.yaml", 1, 1)
    for word in words:
        assert word in message


@pytest.mark.parametrize("second", ["附件1", "附件A"])
def test_two_worksheets_of_one_name_are_told_whatever_the_case(files: Desk, second: str) -> None:
    files.edition("edition: e\ntitle: 某\nforms: [f/v, g/v]\n")
    files.form(GOOD_FORM.replace("附件1", second.replace("A", "a")))
    files.form(GOOD_FORM.replace("form: f", "form: g").replace("附件1", second), "g/v")
    place, message = files.only_problem()
    assert place == ("templates/forms/g/v.yaml", 1, 1)
    assert second in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("campaign: c\n" + "# x\n" * 1_250_000, 33_335),
        ("#" * 5_000_000 + "\ncampaign: c\n", 1),
        ("campaign: c # " + "x" * 5_000_000, 1),
        ("campaign: " + "x" * 5_000_000, 1),
    ],
)
def test_comments_and_lines_without_end_are_told_and_not_parsed(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_text(text, encoding="utf-8")
    with bounded(10), pytest.raises(DefinitionError) as refused:
        YamlFile(path)
    assert refused.value.problems[0].line == line
