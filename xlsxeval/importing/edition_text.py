"""The other files of an edition as text: the edition itself, 报告正文 after an outline, and what the summary takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxeval.forms.library import Library
from xlsxeval.importing.draft import FormDraft
from xlsxeval.importing.outline import OutlineSection, ReportOutline, TemplateSection, label_of
from xlsxeval.importing.questions import Question
from xlsxeval.importing.roles import FILE, read_roles
from xlsxeval.importing.yaml_text import quoted

_ROLES = (
    ("initial", "funds.initial"),
    ("budget", "funds.budget"),
    ("executed", "funds.executed"),
    ("score", "total.score"),
)
_MAY_REPEAT = ("functions", "organisation", "overview", "application", "publication")
_FILTERS = {"percent": ("percent", ""), "score": ("number", "分"), "count": ("number", "人")}


def edition_text(
    name: str, title: str, forms: Sequence[str], parameters: Mapping[str, tuple[object, str, str]], report: str
) -> str:
    """``editions/<name>.yaml``; a parameter is a value, a label and its basis."""
    lines = [
        "# 由官方空白表起草的版本。参数的“依据”说明从哪里来，与本地的办法不同的要改。",
        f"edition: {quoted(name)}",
        f"title: {quoted(title)}",
        "version: 1",
        "forms:",
        *(f"  - {form}" for form in forms),
        f"report: {quoted(report)}",
        "parameters:",
    ]
    for key, (value, label, basis) in parameters.items():
        lines += [
            f"  {key}:",
            f"    label: {quoted(label or key)}",
            f"    value: {_scalar(value)}",
            f"    basis: {quoted(basis)}",
        ]
    return "\n".join(lines) + "\n"


def narrative_text(
    outline: ReportOutline, drafts: Sequence[FormDraft], library: Library
) -> tuple[str, tuple[TemplateSection, ...]]:
    """``forms/narrative/<name>.yaml``, and the sections of the report's template that goes with it."""
    grid = ["  - [报告日期, $date]"]
    fields = ["  date: {label: 报告日期, type: date, required: true, align: left, hint: 报告落款的日期}"]
    sections = []
    for section in outline.sections:
        label = label_of(section) or section.heading
        if not section.field:
            grid.append(f"  - [{{text: {quoted(section.heading)}, look: section, align: left}}, <]")
        else:
            grid.append(f"  - [{{text: {quoted(section.heading)}, align: left}}, ${section.field}]")
            needed = (
                "length: [0, 3000], hint: 没有的写“无”"
                if section.field == "others"
                else "required: true, length: [5, 6000]"
            )
            repeats = ", may_repeat: true" if section.field in _MAY_REPEAT else ""
            fields.append(f"  {section.field}: {{label: {quoted(label)}, lines: 5, {needed}{repeats}}}")
        one, each = _sentences(section, drafts)
        sections.append(TemplateSection(section.heading, section.level, section.field, one, each))
    claims = _claims(drafts, library)
    lines = [
        "# 报告正文：一格一节，写进 Word 报告。表里已有的数由报告模板写，这里不用再写。",
        "form: narrative",
        "extends: narrative/words",
        "sheet: 报告正文",
        f'title: "{{{{ year }}}}年度{outline.title}（正文）"',
        "columns: [30, 90]",
        "grid:",
        *grid,
        "fields:",
        *fields,
        *(["claims:", *claims] if claims else []),
    ]
    return "\n".join(lines) + "\n", tuple(sections)


def summary_text(name: str, drafts: Sequence[FormDraft]) -> str:
    """``summaries/<name>.yaml``: the whole amounts and scores of the unit's form, or of its projects."""
    lines = ["# 汇总表取哪些数。", f"summary: {quoted(name)}"]
    whole = next((draft for draft in drafts if not draft.each and _names(draft) & {field for _, field in _ROLES}), None)
    project = next((draft for draft in drafts if draft.each), None)
    taken = {role: f"{whole.form}!{field}" for role, field in _ROLES if whole and field in _names(whole)}
    per_project = {role: f"{project.form}!{field}" for role, field in _ROLES if project and field in _names(project)}
    if taken or per_project:
        unit = taken or dict.fromkeys(per_project, "projects")
        lines += ["unit:", *(f"  {role}: {source}" for role, source in unit.items())]
    if per_project:
        lines += ["project:", *(f"  {role}: {source}" for role, source in per_project.items())]
    money = [f"{whole.form}!{one}" for one in ("funds.basic", "funds.project") if whole and one in _names(whole)]
    if money:
        lines += ["money:", *(f"  - {source}" for source in money)]
    return "\n".join(lines) + "\n"


def _names(draft: FormDraft) -> set[str]:
    return {one.name for one in draft.fields}


def _holder(drafts: Sequence[FormDraft], field: str) -> FormDraft | None:
    """The form that has a field; a form of the unit before one that every project has."""
    return next((draft for draft in sorted(drafts, key=lambda one: one.each) if field in _names(draft)), None)


def _claims(drafts: Sequence[FormDraft], library: Library) -> list[str]:
    """What the words of 报告正文 name, as far as the forms have it."""
    found = []
    for name, field in read_roles(library.find(FILE)).lists["claims"].items():
        holder = _holder(drafts, field)
        if holder is not None:
            found.append(f"  {name}: {{field: {holder.form}!{field}}}")
    return found


def _sentences(section: OutlineSection, drafts: Sequence[FormDraft]) -> tuple[str, str]:
    """The section's figures as a sentence of tags: those of the unit's forms, and those of each project."""
    whole: list[str] = []
    each: list[str] = []
    for words, field in section.figures:
        holder = _holder(drafts, field)
        if holder is None:
            continue
        kind = next(one.type for one in holder.fields if one.name == field)
        name, unit = _FILTERS.get(kind, ("money", holder.unit or "万元"))
        owner = "project" if holder.each else holder.form
        (each if holder.each else whole).append(f"{words}{{{{ {owner}.{field}|{name} }}}}{unit}")
    opening = (
        "{{ project.name }}："
        if any(one.name == "name" for draft in drafts if draft.each for one in draft.fields)
        else ""
    )
    return (
        f"{{{{ year }}}}年度{'，'.join(whole)}。" if whole else "",
        f"{opening}{'，'.join(each)}。" if each else "",
    )


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)


def question_text(asked: Sequence[tuple[str, Sequence[Question]]]) -> str:
    """The questions of forms, by the forms' keys, as YAML: the answer in force, and the choices as comments."""
    lines = ["# 每个问题一行：冒号后面是现在的答案，可以换成注释里列出的另一个。"]
    for key, questions in asked:
        if not questions:
            continue
        lines.append(f"{quoted(key, plain=False)}:")
        for question in questions:
            choices = "；".join(f"{choice.value} {choice.says}" for choice in question.choices)
            lines += [f"  # {question.place} {question.text}", f"  #   {choices}"]
            lines.append(f"  {quoted(question.key, plain=False)}: {question.value}")
    return "\n".join(lines) + "\n"
