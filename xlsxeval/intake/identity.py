"""Whose workbook is it: read from the seal, never from the file's name."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxeval.errors import DefinitionError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import PROPERTY, SEAL_SHEET, Seal, make_seal, read_seal
from xlsxeval.forms.settings import Settings
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.intake.record import Records
from xlsxeval.intake.rejected import Rejected
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Fault


@dataclass(frozen=True, slots=True)
class Context:
    """What the files are held against: the library of editions and, where one was named, the campaign and its key.

    ``last_year`` is what the units put on record the year before, where the campaign names that year's.
    """

    library: Library
    campaign: Campaign | None = None
    key: bytes | None = None
    last_year: Records | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """``seal_state``: ``verified``; ``unchecked`` (no campaign named); ``no-key`` (it has none here); ``broken``.

    ``settings`` are what edition and campaign make of the rules: the campaign's present word where it is at hand, else
    that in the seal.
    """

    seal: Seal
    layout: Layout
    seal_state: str
    faults: tuple[Fault, ...]
    settings: Settings = field(default_factory=dict)


_KEPT = 8
"""Files of one unit lie close together in a batch, so the last few are enough."""


class Layouts:
    """The last layouts by seal text: a batch of returns from one unit is laid out once, and ``shapes`` are for all units."""

    def __init__(self, shapes: Shapes | None = None) -> None:
        self.shapes = Shapes() if shapes is None else shapes
        self._known: dict[str, Layout] = {}

    def of(self, seal: Seal, edition: Edition) -> Layout:
        layout = self._known.pop(seal.text, None)
        if layout is None:
            layout = build_layout(seal.campaign, seal.unit, edition, seal.part, self.shapes)
        self._known[seal.text] = layout
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return layout


def identify(raw: RawWorkbook, context: Context, layouts: Layouts) -> Identity:
    """The unit and the layout of a workbook.

    Raises Rejected (I001 not ours, I002 an unknown edition or a form of another program version, I003 another
    campaign, I011 a version no longer taken back).
    """
    faults: list[Fault] = []
    seal = _sheet_seal(raw)
    if seal is None:
        seal = _seal_of_property(raw, context)
        if seal is None:
            raise Rejected(Fault(FaultCode.NOT_OURS, _not_ours(raw)))
        faults.append(Fault(FaultCode.SEAL_BROKEN, "工作簿里的印章页被删除或改坏了，改由文档属性认出单位"))
    campaign = context.campaign
    if campaign is not None and seal.campaign.id != campaign.id:
        raise Rejected(
            Fault(FaultCode.ANOTHER_CAMPAIGN, f"这份表属于任务「{seal.campaign.id}」，不是「{campaign.id}」")
        )
    edition = _edition(seal, context)
    if seal.edition_version != edition.version:
        detail = f"这份表是第 {seal.edition_version} 版，现行是第 {edition.version} 版"
        if seal.edition_version not in edition.accepts:
            raise Rejected(Fault(FaultCode.VERSION_NO_LONGER_ACCEPTED, detail))
        if seal.definition != edition.digest:
            detail += "，定义有过变化；这份表按现行的定义核对，有的问题可能只是版本不同造成的"
        faults.append(Fault(FaultCode.SUPERSEDED_VERSION, detail))
    elif seal.definition != edition.digest:
        faults.append(Fault(FaultCode.DEFINITION_CHANGED, f"版本号没有变（第 {edition.version} 版），定义文件却变了"))
    state = "unchecked" if campaign is None else "no-key"
    if context.key is not None:
        state = "verified" if seal.signed_by(context.key) else "broken"
        if state == "broken":
            faults.append(Fault(FaultCode.SEAL_BROKEN, "印章不是用本任务的密钥签发的，或印章的内容被改过"))
    trusted = _of_campaign(seal, context, edition) if state == "broken" else seal
    try:
        layout = layouts.of(trusted, edition)
    except DefinitionError as error:
        raise Rejected(Fault(FaultCode.UNKNOWN_EDITION, f"按印章排不出表样：{error.problems[0].message}")) from error
    settings = {**edition.settings, **(campaign or trusted.campaign).settings}
    return Identity(seal, layout, state, tuple(faults), settings)


def _sheet_seal(raw: RawWorkbook) -> Seal | None:
    sheet = raw.sheet(SEAL_SHEET)
    if sheet is None:
        return None
    texts = []
    row = 1
    while (cell := sheet.cells.get((row, 1))) is not None and isinstance(cell.value, str):
        texts.append(cell.value)
        row += 1
    return read_seal(texts)


def _seal_of_property(raw: RawWorkbook, context: Context) -> Seal | None:
    """The seal made again from the campaign for the unit that the document property names."""
    parts = raw.properties.get(PROPERTY, "").split("|")
    campaign = context.campaign
    if len(parts) != 6 or campaign is None or context.key is None or parts[2] != campaign.id:
        return None
    unit = campaign.unit(parts[3])
    if unit is None or parts[0] != campaign.edition:
        return None
    return make_seal(campaign, unit, context.library.edition(campaign.edition), context.key, parts[4] or None)


def _of_campaign(seal: Seal, context: Context, edition: Edition) -> Seal:
    """What the campaign itself has for the unit of a seal that cannot be believed; the seal's own word where it has none."""
    campaign = context.campaign
    unit = campaign.unit(seal.unit.code) if campaign else None
    if campaign is None or unit is None or context.key is None or campaign.edition != edition.id:
        return seal
    return make_seal(campaign, unit, edition, context.key, seal.part)


def _edition(seal: Seal, context: Context) -> Edition:
    name = seal.campaign.edition
    if name not in context.library.editions():
        raise Rejected(Fault(FaultCode.UNKNOWN_EDITION, f"表样版本「{name}」在本程序里没有"))
    return context.library.edition(name)


def _not_ours(raw: RawWorkbook) -> str:
    names = "、".join(sheet.name for sheet in raw.sheets[:4])
    if raw.properties.get(PROPERTY):
        return f"工作簿（工作表：{names}）的印章页没有了，而没有指定任务，认不出是哪个单位的"
    return f"工作簿（工作表：{names}）里没有印章，不是由本程序下发的表"
