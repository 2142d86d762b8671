"""Every refusal that the program can raise has its sentence, and no sentence loses its values."""

import re
from pathlib import Path

import pytest

from deskoffice.domain import errors
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.usecases import messages

SOURCE = Path(errors.__file__).parents[1]
RAISED = re.compile(r'(?:RuleError|NotAllowed|VaultError|PaperError|EnvironmentFailure)\(\s*"([a-z_]+)"')
PROBLEM = re.compile(r'(?:problems\.add\("[a-z_]+", |InvalidDraft\(\{"[a-z_]+": )"([a-z_]+)"')


OF_THE_DAY = ("copy_", "countersign_", "seal_", "meeting_", "topic_", "outgoing_", "number_", "batch_", "calendar_")


def codes(pattern: re.Pattern[str]) -> set[str]:
    return {code for path in SOURCE.rglob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_sentence() -> None:
    assert codes(RAISED) - set(messages.SENTENCES) == set()


def test_every_problem_of_a_field_has_its_words() -> None:
    assert codes(PROBLEM) - set(messages.PROBLEMS) == set()


@pytest.mark.parametrize("code", sorted(messages.SENTENCES))
def test_a_sentence_ends_and_is_one(code: str) -> None:
    text = messages.SENTENCES[code]
    assert text.endswith("。")
    assert text.count("。") == 1


@pytest.mark.parametrize("code", sorted(code for code in messages.SENTENCES if code.startswith(OF_THE_DAY)))
def test_a_refusal_of_the_days_work_says_what_to_do(code: str) -> None:
    assert "请" in messages.SENTENCES[code]


def test_values_stand_in_the_sentence() -> None:
    assert "31" in messages.sentence(RuleError("distribution_too_many", given=31, printed=30))


def test_a_wrong_draft_and_a_surprise_say_that_nothing_is_lost() -> None:
    assert "都在" in messages.sentence(InvalidDraft({"title": "required"}))
    assert "都在" in messages.sentence(KeyError("内部细节"))
    assert "内部细节" not in messages.sentence(KeyError("内部细节"))
