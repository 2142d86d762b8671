"""Checks that the drafts of all kinds share."""

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.values import LONGEST_YEARS, Classification


class Problems:
    """Collects what is wrong with a draft, one code a field, so that a person sees everything at once."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def add(self, field: str, code: str) -> None:
        """Keep the first problem of a field."""
        self._found.setdefault(field, code)

    def raise_any(self) -> None:
        """Raise InvalidDraft when anything was found."""
        if self._found:
            raise InvalidDraft(self._found)


def check_text(problems: Problems, field: str, text: str, *, longest: int) -> None:
    """A text that must be there, on one line, not longer than so many characters."""
    if not text.strip():
        problems.add(field, "required")
    elif len(text) > longest:
        problems.add(field, "too_long")
    elif "\n" in text:
        problems.add(field, "one_line")


def check_secrecy(problems: Problems, level: Classification, years: int | None) -> None:
    """Level and period fit together (保守国家秘密法 §20: 秘密 at most 10, 机密 20, 绝密 30 years)."""
    longest = LONGEST_YEARS.get(level)
    if years is None:
        return
    if longest is None:
        problems.add("secrecy_years", "period_without_level")
    elif not 1 <= years <= longest:
        problems.add("secrecy_years", "period_out_of_range")
