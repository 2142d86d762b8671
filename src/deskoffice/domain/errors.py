"""Errors that a person can cause or mend: a code and its values, worded elsewhere."""

from collections.abc import Mapping


class DeskOfficeError(Exception):
    """A refusal or failure with a code; the words for people stand in one table (deskoffice.usecases.messages)."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        # Values may name people or titles: they go to the message for the person, never into a log line.
        return self.code


class RuleError(DeskOfficeError):
    """A rule of the office forbids the act; nothing was changed."""


class InvalidDraft(DeskOfficeError):
    """What was typed cannot be accepted: `problems` maps a field's name to a code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("invalid_draft", fields=", ".join(problems))
        self.problems = dict(problems)


class NotAllowed(RuleError):
    """The person's roles, clearance or part in the matter do not allow the act."""


class VaultError(DeskOfficeError):
    """The locked box refused or failed; codes begin with `vault_`."""


class PaperError(DeskOfficeError):
    """A document could not be read or typeset; codes begin with `paper_`."""


class EnvironmentFailure(DeskOfficeError):
    """Disk, medium or machine failed: nothing confirmed was lost."""
