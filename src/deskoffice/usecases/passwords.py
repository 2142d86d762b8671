"""修改口令: the account's own password; only its slot is written anew."""

from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.drafts import Problems
from deskoffice.domain.errors import InvalidDraft, VaultError
from deskoffice.usecases.office import Office

SHORTEST = 10


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """What is typed: the password of today, and the new one twice."""

    old: str
    new: str
    again: str


def change(office: Office, typed: PasswordChange, key_file: Path | None = None) -> None:
    """Change the password of the person who is logged in; a wrong old one is told under its field."""
    problems = Problems()
    if not typed.old:
        problems.add("old", "required")
    if len(typed.new) < SHORTEST:
        problems.add("new", "password_too_short")
    if typed.again != typed.new:
        problems.add("again", "passwords_differ")
    problems.raise_any()
    try:
        office.vault.change_password(typed.old, typed.new, key_file)
    except VaultError as error:
        if error.code != "vault_wrong_password":
            raise
        raise InvalidDraft({"old": "password_wrong"}) from error
