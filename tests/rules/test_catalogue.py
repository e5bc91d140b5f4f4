"""Every rule and check is found, complete, unique, in its place, used, and has its cases."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import xlsxeval.rules
from tests.support.cases import case_files, load_cases
from xlsxeval.forms.library import Library
from xlsxeval.forms.schema import CheckFile
from xlsxeval.model import Severity
from xlsxeval.resources import templates_directory
from xlsxeval.rules.catalogue import RulePage, catalogue
from xlsxeval.rules.registry import CODE, Rule, rules

ROOT = Path(__file__).parents[2]
FAMILIES = {
    "file": "F",
    "identity": "I",
    "tampering": "T",
    "computation": "C",
    "value": "V",
    "relation": "LX",
    "scoring": "S",
    "narrative": "N",
    "document": "N",
    "definition": "D",
    "level": "U",
}
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FOUND_ELSEWHERE = {
    "F040": "tests/intake/test_files.py",  # folders, pipes, locks: what lies in an inbox, not what stands in a file
    "F031": "tests/intake/test_old_format.py",
    "F041": "tests/intake/test_files.py",
    "X108": "tests/rules/test_batch.py",  # forms that were sent out apart
}
"""Rules that no workbook of a case file can break, and the test that does."""


@cache
def library() -> Library:
    return Library(templates_directory())


def rule_files() -> list[Path]:
    folder = Path(xlsxeval.rules.__file__).parent
    return sorted(path for path in folder.glob("*/*.py") if path.stem != "__init__")


def check_files() -> dict[str, CheckFile]:
    return {code: spec for code, (spec, _) in library().checks().items()}


@cache
def pages() -> dict[str, RulePage]:
    return catalogue(library())


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_a_rule_file_is_named_by_its_code_and_lies_with_its_family(path: Path) -> None:
    assert CODE.match(path.stem)
    assert path.stem[0] in FAMILIES[path.parent.name]
    found = next(rule for rule in rules() if rule.code == path.stem)
    assert found.check.__module__.rpartition(".")[2] == path.stem


def test_every_rule_in_a_file_and_every_file_a_rule() -> None:
    assert [rule.code for rule in rules()] == sorted(path.stem for path in rule_files())


def test_codes_are_unique_over_rules_and_checks() -> None:
    codes = Counter([rule.code for rule in rules()] + list(check_files()))
    assert [code for code, number in codes.items() if number > 1] == []


def test_slugs_are_unique_and_in_kebab_case() -> None:
    slugs = Counter(page.slug for page in pages().values())
    assert [slug for slug, number in slugs.items() if number > 1] == []
    assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_a_rule_says_what_why_and_what_to_do(rule: Rule) -> None:
    texts = {name: getattr(rule, name) for name in ("title", "why", "fix", "basis")}
    assert [name for name, text in texts.items() if not text.strip()] == []
    assert "怎么改" not in rule.why
    assert "\n" not in rule.title + rule.why + rule.fix
    assert isinstance(rule.severity, Severity)


@pytest.mark.parametrize("code", check_files())
def test_a_check_says_what_why_and_what_to_do(code: str) -> None:
    spec = check_files()[code]
    names = ("slug", "title", "say", "why", "fix", "basis", "that", "at")
    assert [name for name in names if not (getattr(spec, name) or "").strip()] == []
    assert CODE.match(code)
    assert (templates_directory() / "checks" / f"{code}.yaml").is_file()


@pytest.mark.parametrize("code", check_files())
def test_a_check_of_the_library_is_used_by_a_form_of_an_edition(code: str) -> None:
    editions = [library().edition(name) for name in library().editions()]
    assert code in {check.code for edition in editions for form in edition.forms for check in form.checks}


def test_every_check_of_a_form_is_in_the_catalogue() -> None:
    editions = [library().edition(name) for name in library().editions()]
    used = {check.code for edition in editions for form in edition.forms for check in form.checks}
    assert used <= set(pages())


def test_a_rule_has_its_case_file() -> None:
    assert sorted(set(pages()) - {path.stem for path in case_files()}) == []


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_a_case_file_has_cases_that_find_and_cases_that_stay_silent(path: Path) -> None:
    cases = load_cases(path)
    assert any(not case.finds for case in cases)
    assert any(case.finds for case in cases) or (ROOT / FOUND_ELSEWHERE[path.stem]).is_file()
    titles = Counter(case.title for case in cases)
    assert [title for title, number in titles.items() if number > 1] == []


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_a_case_file_is_about_a_rule(path: Path) -> None:
    assert path.stem in pages()
    assert load_cases(path)
