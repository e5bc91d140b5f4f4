"""Formulas that a form implies: sums and rates of the usual lines, lines numbered below a line, rules in print (B/A)."""

from __future__ import annotations

import re
from dataclasses import replace

from xlsxeval.importing.blank import BlankSheet
from xlsxeval.importing.draft_field import DraftField
from xlsxeval.importing.headings import HeadingFinder
from xlsxeval.importing.roles import Roles
from xlsxeval.importing.texts import brief

_TAG = re.compile(r"[（(]?([A-Z]|[①-⑳])[)）]?$")
_RULE = re.compile(
    r"[（(]?(?:[A-Z①-⑳]\s?[=＝])?\s?((?:[A-Z①-⑳]\s?[-+*/×÷－＋／]\s?){1,8}[A-Z①-⑳])(?:\s?[×*]\s?100[%％])?[)）]?$"
)
_NUMBERED = re.compile(r"^\s*[（(]?([0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）、．.]")
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_SIGNS = str.maketrans("×÷－＋／", "*/-+/")


def implied_formulas(fields: list[DraftField], roles: Roles) -> list[DraftField]:
    """Sums, rates and scores that fields of known names imply; formulas that the form has are kept."""
    names = {one.name for one in fields}
    points = "funds.weight" if "funds.weight" in names else "edition!weight.execution"
    scores = [one for one in fields if one.type == "score" and one.most]

    def formula(one: DraftField) -> str:
        row, _, column = one.name.rpartition(".")
        if row in roles.sums and one.type == "money":
            parts = [f"{name.rstrip('?')}.{column}" for name in roles.sums[row]]
            missing = [name for name, full in zip(roles.sums[row], parts, strict=True) if full not in names]
            if all(name.endswith("?") for name in missing):
                return "+".join(full for full in parts if full in names)
        if column == "rate" and {f"{row}.budget", f"{row}.executed"} <= names:
            return f'IF(N({row}.budget)=0,"",ROUND({row}.executed/{row}.budget,4))'
        if one.name in roles.ratios and names.issuperset(roles.ratios[one.name]):
            above, below = roles.ratios[one.name]
            return f'IF(N({below})=0,"",ROUND({above}/{below},4))'
        if one.name == "funds.score" and "funds.rate" in names:
            return f'IF(funds.rate="","",ROUND(MIN(funds.rate,1)*{points},2))'
        if one.name in ("total.weight", "total.score"):
            whole = [f"funds.{column}"] if f"funds.{column}" in names else []
            if column == "weight" and not whole and "funds.score" in names:
                whole = [points]
            if f"indicators.{column}" in names:
                first = [f"N({whole[0]})" if column == "score" else whole[0]] if whole else []
                return "+".join([*first, f"SUM(indicators.{column})"])
            if column == "score" and scores:
                return f"SUM({','.join([*whole, *(score.name for score in scores if score.name not in whole)])})"
        return ""

    return [one if one.given else _with(one, formula(one)) for one in fields]


def _with(one: DraftField, formula: str) -> DraftField:
    return replace(one, formula=formula, asks=()) if formula else one


def number_sums(fields: list[DraftField], blank: BlankSheet, finder: HeadingFinder) -> list[DraftField]:
    """A line followed by lines numbered from 1 on is their sum, column by column: 项目支出：, 1、…, 2、…."""
    found = {one.spot: one for one in fields}
    for one in fields:
        row, column = one.spot
        if one.formula or one.type != "money" or blank.owner[one.spot].rows > 1:
            continue
        heading = finder.of(blank.owner[one.spot]).beside[:1]
        if not heading or _number(heading[0]):
            continue
        parts: list[str] = []
        inside = False
        below = row + 1
        while (next_one := found.get((below, column))) is not None:
            beside = finder.of(blank.owner[below, column]).beside[:1]
            number = _number(beside[0]) if beside else 0
            inside = not number and bool(parts) and (inside or (bool(beside) and beside[0].lstrip().startswith("其中")))
            if number == len(parts) + 1:
                parts.append(next_one.name)
            elif not inside:
                break
            below += 1
        if len(parts) >= 2:
            found[one.spot] = replace(one, formula="+".join(parts))
    return [found[one.spot] for one in fields]


def _number(heading: str) -> int:
    match = _NUMBERED.match(heading)
    if match is None:
        return 0
    return int(match[1]) if match[1].isdigit() else _NUMERALS.get(match[1], 0)


def printed_rules(fields: list[DraftField]) -> list[DraftField]:
    """Fields whose heading prints a rule in letters (执行率（B/A）), where other headings of the line have the letters."""
    lines: dict[tuple[object, ...], dict[str, str]] = {}
    for one in fields:
        for heading in one.headings:
            tag = _TAG.search("".join(heading.split()))
            if tag and not _RULE.search("".join(heading.split())):
                lines.setdefault(_line(one), {}).setdefault(tag[1], one.name)
    found = []
    for one in fields:
        rule = next((match[1] for text in one.headings if (match := _RULE.search("".join(text.split())))), "")
        tags = lines.get(_line(one), {})
        letters = re.findall(r"[A-Z①-⑳]", rule)
        if (
            rule
            and not one.formula
            and letters
            and all(letter in tags and tags[letter] != one.name for letter in letters)
        ):
            named = re.sub(r"[A-Z①-⑳]", lambda match, tags=tags: tags[match[0]], rule.translate(_SIGNS))
            short = [tags[letter] for letter in letters]
            if "/" in named and len(letters) == 2:
                named = f'IF(N({short[1]})=0,"",ROUND({named},4))'
            one = replace(
                one,
                formula=named,
                type="percent" if "/" in named and "率" in brief("".join(one.headings[:1])) else one.type,
            )
        found.append(one)
    return found


def _line(one: DraftField) -> tuple[object, ...]:
    """What tells lines of one form apart: the row, and the block."""
    return (one.spot[0],)
