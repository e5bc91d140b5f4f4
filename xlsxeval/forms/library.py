"""Loads editions, forms and checks from the templates folder, each fault at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.claims import claim_faults
from xlsxeval.forms.definition import Edition, Form, Parameter
from xlsxeval.forms.form_file import build_form
from xlsxeval.forms.schema import NO_REPORT, CheckFile, EditionFile, FormFile
from xlsxeval.forms.settings import RuleSetting, setting_faults, settings_from
from xlsxeval.forms.yaml_file import Position, YamlFile, suggestion
from xlsxeval.resources import rule_codes, template_folders

MAX_EXTENDS = 8
UNLISTED = ("audit/neutral",)
"""Editions that no campaign uses, each with its file below ``editions/``."""


class Library:
    """A templates folder. Files are read when they are asked for, and once.

    A folder of own forms (``resources.OWN_MARK``) stands over the program's: each file is the nearest of that name.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.folders = template_folders(directory)
        self._editions: dict[str, Edition] = {}
        self._checks: dict[str, tuple[CheckFile, YamlFile]] | None = None
        self._digests: dict[str, str] = {}

    def editions(self) -> list[str]:
        """The names of all editions, sorted."""
        return sorted({path.stem for path in self._all("editions", "*.yaml")})

    def find(self, name: str) -> Path:
        """The nearest file of that name (``reports/x.docx``); where there is none, where it should be."""
        return next((folder / name for folder in self.folders if _is_file(folder / name)), self.directory / name)

    def folder(self, name: str) -> list[Path]:
        """The folders of that name, the nearest first."""
        return [folder / name for folder in self.folders]

    def _all(self, folder: str, pattern: str) -> list[Path]:
        """The nearest files of a folder, by name."""
        found: dict[Path, Path] = {}
        for root in self.folders:
            for path in (root / folder).glob(pattern):
                found.setdefault(path.relative_to(root), path)
        return [found[name] for name in sorted(found)]

    def edition(self, name: str, asked_at: Position | None = None) -> Edition:
        """The edition of that name. Raises DefinitionError with every fault of it and its forms.

        ``asked_at`` is where a campaign names the edition: an unknown name is a fault of that place.
        """
        if name not in self._editions:
            if name not in (*self.editions(), *UNLISTED):
                where = asked_at or Position(str(self.directory / "editions"))
                known = self.editions()
                raise DefinitionError(
                    where.problem(f"没有「{name}」这个版本{suggestion(name, known)}（现有：{'、'.join(known)}）")
                )
            self._editions[name] = self._load_edition(name)
        return self._editions[name]

    def checks(self) -> dict[str, tuple[CheckFile, YamlFile]]:
        """The library of checks by code. Raises DefinitionError where a file's name and its code differ."""
        if self._checks is None:
            found: dict[str, tuple[CheckFile, YamlFile]] = {}
            problems: list[Problem] = []
            for path in self._all("checks", "*.yaml"):
                try:
                    file = YamlFile(path)
                    spec = file.parse(CheckFile)
                except DefinitionError as error:
                    problems += error.problems
                    continue
                if spec.check != path.stem:
                    problems.append(
                        file.position(["check"]).problem(f"编号「{spec.check}」与文件名「{path.stem}」不一致")
                    )
                found[spec.check] = (spec, file)
            if problems:
                raise DefinitionError(problems)
            self._checks = found
        return self._checks

    def codes(self, forms: Iterable[Form] = ()) -> set[str]:
        """The codes of all rules: those written in Python, those of the library, and the own ones of these forms."""
        return {*rule_codes(), *self.checks(), *(check.code for form in forms for check in form.checks)}

    def _load_edition(self, name: str) -> Edition:
        chain = self._edition_chain(name)
        spec, file = chain[0]
        parameters: dict[str, Parameter] = {}
        settings: dict[str, RuleSetting] = {}
        merged: dict[str, Any] = {}
        for layer, _ in reversed(chain):
            for key, value in layer.parameters.items():
                parameters[key] = Parameter(key, value.label or key, value.value, value.basis)
            settings |= settings_from(layer.rules, "edition")
            for key in ("title", "report"):
                if getattr(layer, key) is not None:
                    merged[key] = getattr(layer, key)
        forms, problems = self._edition_forms(chain)
        problems += claim_faults(forms)
        for layer, layer_file in chain:
            if layer.rules:
                problems += setting_faults(layer.rules, layer_file.position, self.codes(forms))
        if not merged.get("title"):
            problems.append(file.position(["edition"]).problem("缺少「title」（版本的中文名称）"))
        if spec.edition != name:
            problems.append(file.position(["edition"]).problem(f"版本名「{spec.edition}」与文件名「{name}」不一致"))
        if problems:
            raise DefinitionError(problems)
        return Edition(
            id=name,
            title=merged["title"],
            version=spec.version,
            accepts=tuple(spec.accepts),
            parameters=parameters,
            forms=tuple(forms),
            report=None if merged.get("report") == NO_REPORT else merged.get("report"),
            digest=self._digest([file for _, file in chain], forms),
            position=file.position(["edition"]),
            settings=settings,
        )

    def _edition_chain(self, name: str) -> list[tuple[EditionFile, YamlFile]]:
        """The edition, then what it extends, and so on."""
        chain: list[tuple[EditionFile, YamlFile]] = []
        seen = [name]
        while True:
            file = YamlFile(self.find(f"editions/{name}.yaml"))
            spec = file.parse(EditionFile)
            chain.append((spec, file))
            if spec.extends is None:
                return chain
            name = spec.extends
            at = file.position(["extends"])
            if name in seen:
                raise DefinitionError(at.problem(f"extends 绕成了圈：{' → '.join([*seen, name])}，请去掉其中一个"))
            if name not in (*self.editions(), *UNLISTED):
                raise DefinitionError(at.problem(f"没有「{name}」这个版本{suggestion(name, self.editions())}"))
            seen.append(name)

    def _edition_forms(self, chain: list[tuple[EditionFile, YamlFile]]) -> tuple[list[Form], list[Problem]]:
        """The forms of the nearest layer that lists any; an edition that lists some replaces those of the same id.

        A derived edition that names ``overall/city-2025`` replaces its base's ``overall/…`` and keeps the rest, but for
        what it does ``without``; a form that the base has not comes after the one that is named before it.
        """
        listed: dict[str, tuple[str, Position]] = {}
        problems: list[Problem] = []
        for spec, file in reversed(chain):
            for index, form_id in enumerate(spec.without):
                if listed.pop(form_id, None) is None:
                    at = file.position(["without", index])
                    problems.append(at.problem(f"继承来的版本没有「{form_id}」这张表{suggestion(form_id, listed)}"))
            previous = None
            for index, name in enumerate(spec.forms or []):
                form_id = name.split("/", maxsplit=1)[0]
                listed = _inserted(listed, form_id, (name, file.position(["forms", index])), previous)
                previous = form_id
        forms: list[Form] = []
        for name, at in listed.values():
            try:
                forms.append(self.form(name, at))
            except DefinitionError as error:
                problems += error.problems
        if not listed:
            problems.append(chain[0][1].position(["edition"]).problem("没有列出任何表（forms）"))
        return forms, problems

    def form(self, name: str, asked_at: Position) -> Form:
        """A form by ``<form>/<variant>``. Raises DefinitionError with every fault of it."""
        chain: list[tuple[FormFile, YamlFile]] = []
        seen: list[str] = []
        while name is not None:
            path = self.find(f"forms/{name}.yaml")
            if name in seen or len(seen) > MAX_EXTENDS:
                raise DefinitionError(
                    asked_at.problem(f"extends 绕成了圈：{' → '.join([*seen, name])}，请去掉其中一个")
                )
            if not _is_file(path):
                known = [f"{known.parent.name}/{known.stem}" for known in self._all("forms", "*/*.yaml")]
                raise DefinitionError(asked_at.problem(f"没有「{name}」这张表{suggestion(name, known)}"))
            file = YamlFile(path)
            spec = file.parse(FormFile)
            chain.append((spec, file))
            seen.append(name)
            if spec.extends is None:
                break
            name, asked_at = spec.extends, file.position(["extends"])
        self._digests[seen[0]] = "".join(layer.digest for spec, layer in chain if not spec.only_words)
        return build_form(seen[0], chain, self.checks())

    def _digest(self, editions: list[YamlFile], forms: list[Form]) -> str:
        """Sixteen hex digits over every file that the edition is made of."""
        checks = self.checks()
        used = sorted({check.code for form in forms for check in form.checks if check.code in checks})
        parts = [file.digest for file in editions]
        parts += [self._digests[f"{form.id}/{form.variant}"] for form in forms]
        parts += [checks[code][1].digest for code in used]
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file has
        return False


def _inserted(
    listed: dict[str, tuple[str, Position]], form_id: str, form: tuple[str, Position], previous: str | None
) -> dict[str, tuple[str, Position]]:
    """The forms with one more: in the place of that of the same id, else behind ``previous``, else at the end."""
    if form_id in listed or previous is None:
        return {**listed, form_id: form}
    found: dict[str, tuple[str, Position]] = {}
    for name, value in listed.items():
        found[name] = value
        if name == previous:
            found[form_id] = form
    return found
