"""忘记口令: two of the three printed shares give an account a new password."""

from dataclasses import dataclass
from pathlib import Path

from deskoffice.domain.drafts import Problems
from deskoffice.usecases.office import Clock, system_clock
from deskoffice.vault import opening


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryDraft:
    """What the two keepers and the person type."""

    first_share: str
    second_share: str
    login: str
    new_password: str
    repeated: str


def check(draft: RecoveryDraft) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    for name in ("first_share", "second_share", "login"):
        if not getattr(draft, name).strip():
            problems.add(name, "required")
    if len(draft.new_password) < 10:
        problems.add("new_password", "password_too_short")
    if draft.new_password != draft.repeated:
        problems.add("repeated", "passwords_differ")
    problems.raise_any()


def reset_password(folder: Path, draft: RecoveryDraft, *, clock: Clock = system_clock) -> None:
    """Give the account a new password and new keys; what it could read it can read again."""
    check(draft)
    shares = [" ".join(share.split()).lower() for share in (draft.first_share, draft.second_share)]
    opening.recover(folder, shares, draft.login.strip(), draft.new_password, clock=clock)
