"""What a check of the vault can find: a code, worded elsewhere, and the place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; `where` names a file, a table or an entry, never a content."""

    code: str
    where: str
