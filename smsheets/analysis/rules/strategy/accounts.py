"""Rules on the accounts of the sheet Setup: can somebody else get in, or the business be locked out?"""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context, Term
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.plan.strategy import Account

_ASK = (
    "Ask {contact}, who gets its recovery mails, to switch on two-factor in the account's security settings today, and "
    "keep the backup codes in the password manager."
)
_ADDRESS = "Change the account to an address of the business in its settings."
_PASSWORD = "Put the account's password into the password manager, where a second person can get at it."
_SAFEGUARDS = {"business_email": Term("Business e-mail used"), "password_manager": Term("Password manager")}
"""The columns of the sheet Setup that keep an account with the business, and their labels."""


@rule(
    "strategy.two_factor_off",
    level=Level.ERROR,
    needs=("strategy",),
    says="The {channel} account is open to anybody who gets hold of the password: two-factor is off.",
    todo="Switch on two-factor in the account's security settings today, and keep the backup codes in the password "
    "manager.",
    source="Common advice of all platforms for business accounts",
    lacks="Fill in 'Two-factor on' of {channels} to learn whether these accounts are safe.",
    weight=3,
)
def check_accounts_have_two_factor(context: Context) -> Iterator[Hit | Lack]:
    """No account has two-factor off. An empty cell is unknown; of an account not there nothing is said."""
    accounts = _accounts(context)
    unknown = [account for account in accounts if account.two_factor is None and _is_looked_after(account)]
    if unknown:
        names = tuple(_name(account, context) for account in unknown)
        yield Lack(evidence=tuple(account.cell("two_factor") for account in unknown), values={"channels": names})
    for account in accounts:
        if account.two_factor is False:
            yield Hit(
                about=account.channel or "",
                root=f"account {account.channel}",
                evidence=(account.cell("two_factor"),),
                values={"channel": _name(account, context), "contact": account.recovery_contact or ""},
                todo=_ASK if account.recovery_contact is not None else "",
            )


@rule(
    "strategy.account_unsafe",
    level=Level.WARNING,
    needs=("strategy",),
    says="The {channel} account can be lost with the one person who opened it. Answered no: {missing}.",
    todo="Change the account to an address of the business, and put its password into the password manager.",
    source="Common advice of all platforms for business accounts",
    weight=2,
)
def check_accounts_belong_to_business(context: Context) -> Iterator[Hit]:
    """An account hangs on an address of the business and on no one person's memory. Empty cells are unknown."""
    for account in _accounts(context):
        missing = [field for field in _SAFEGUARDS if getattr(account, field) is False]
        if missing:
            yield Hit(
                about=account.channel or "",
                root=f"account {account.channel}",
                evidence=tuple(account.cell(field) for field in missing),
                values={
                    "channel": _name(account, context),
                    "missing": tuple(_SAFEGUARDS[field] for field in missing),
                },
                todo="" if len(missing) > 1 else _ADDRESS if missing == ["business_email"] else _PASSWORD,
            )


def _accounts(context: Context) -> list[Account]:
    """The accounts that are not said not to be there."""
    strategy = context.plans.strategy
    accounts = strategy.setup if strategy is not None else ()
    return [account for account in accounts if account.account_created is not False]


def _is_looked_after(account: Account) -> bool:
    """Whether anybody wrote anything about it; a new workbook has the channels alone."""
    fields = (name for name in account.__struct_fields__ if name not in ("where", "channel"))
    return any(getattr(account, name) is not None for name in fields)


def _name(account: Account, context: Context) -> str:
    return context.channel_name(account.channel) or "?"
