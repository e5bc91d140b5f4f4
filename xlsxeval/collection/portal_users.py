"""Users of the portal: who may log in to a campaign, with which role; recorded in its ledger with who and when."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import Account, AccountRole, accounts, record_account

_WHAT = "account"
_LONGEST_NAME = 40


def accounts_of(workspace: Workspace) -> Mapping[str, Account]:
    """The users whose accounts are open, by name. None where the campaign has no ledger yet."""
    if not workspace.has_ledger:
        return {}
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        return {name: one for name, one in accounts(r).items() if one.password is not None}


def set_account(workspace: Workspace, name: str, role: AccountRole | None, password: str | None) -> AccountRole:
    """Records a new user, a new password of one, or (``password`` None) that the account is closed; returns the role.

    ``password`` is a hash; ``role`` None keeps the user's. Raises UsageError for a name that cannot be one, an unknown
    user without a role or to be closed, and where no organiser would be left.
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError(f"用户名“{name}”不能用：要有 1 到 {_LONGEST_NAME} 个看得见的字。")
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        known = accounts(w)
        before = known.get(name)
        if before is None and (role is None or password is None):
            raise UsageError(f"没有用户“{name}”。新用户要写角色：organiser 组织人员，auditor 查阅人员。")
        new = role or AccountRole(before.role if before else "")
        others = [
            one
            for one in known.values()
            if one.name != name and one.password is not None and one.role == AccountRole.ORGANISER
        ]
        was_organiser = before is not None and before.password is not None and before.role == AccountRole.ORGANISER
        if was_organiser and not others and (password is None or new is not AccountRole.ORGANISER):
            raise UsageError(f"“{name}”是这个任务唯一的组织人员，不能停用，也不能改成查阅人员。请先加一个组织人员。")
        record_account(w, name, new, password)
        return new
