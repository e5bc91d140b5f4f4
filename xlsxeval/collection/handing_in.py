"""Uploads through a unit's link: received like every arrival, bound to that unit, and the latest one counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.arrivals import Act
from xlsxeval.collection.choice import ChosenFile, count_again
from xlsxeval.collection.link_place import link_place
from xlsxeval.collection.receipts import ArrivalReceipt
from xlsxeval.collection.reception import Delivery, Reception
from xlsxeval.ledger import FileState
from xlsxeval.workers.pool import Hands

_AGAIN = "单位重新交了这一份"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An upload that is on the disk and in the ledger. ``receipts`` are the numbers of its files' receipts."""

    receipt: ArrivalReceipt
    receipts: tuple[int, ...]


def hand_in(
    workspace: Workspace,
    reception: Reception,
    code: str,
    data: bytes,
    name: str,
    at: dt.datetime,
    hands: Hands,
    step: Act = lambda act: None,
) -> HandedIn:
    """Receives an upload of a unit. A workbook of another unit is set aside; an own one counts from now on.

    A version that had been superseded counts again when it is uploaded again: whoever sends a file means it. A single
    worksheet beside a workbook with all of them waits for a person. ``step`` is
    called before and after each act that writes. Raises UsageError for an unknown unit, and what ``Reception.receive`` raises.
    """
    (unit,) = chosen_units(workspace.campaign, (code,))
    delivery = Delivery(data, name, sender=unit.name, source=link_place(code), at=at)
    receipt = reception.receive(workspace, delivery, hands, replaces=True, step=step)
    for piece in receipt.pieces:
        filed = piece.filed
        beside_whole = (
            filed.part is not None and filed.state is FileState.CONFLICT
        )  # else other worksheets would be lost
        if filed.unit == code and filed.version and filed.state is not FileState.CURRENT and not beside_whole:
            step("counts again")
            count_again(workspace, ChosenFile(filed.receipt.sha256, code, filed.part), _AGAIN, hands)
    return HandedIn(receipt, tuple(piece.filed.receipt.id for piece in receipt.pieces))
