"""常用语: each person's own, by act, sealed to the account."""

from deskoffice.usecases import notes
from deskoffice.usecases.office import Office

MOST = 20
LONGEST = 60


def own(office: Office, act: str) -> tuple[str, ...]:
    """The person's phrases for an act, the newest first."""
    return tuple(notes.kept(office, _key(act)).splitlines())


def add(office: Office, act: str, phrase: str) -> tuple[str, ...]:
    """Keep one more; the oldest goes when there are too many."""
    line = " ".join(phrase.split())[:LONGEST]
    kept = tuple(one for one in own(office, act) if one != line)
    phrases = (line, *kept)[:MOST] if line else kept
    notes.keep(office, _key(act), "\n".join(phrases))
    return phrases


def remove(office: Office, act: str, phrase: str) -> tuple[str, ...]:
    """Forget one."""
    phrases = tuple(one for one in own(office, act) if one != phrase)
    notes.keep(office, _key(act), "\n".join(phrases))
    return phrases


def _key(act: str) -> str:
    return f"phrases.{act}"
