"""What a person keeps for himself: saved views, looks, and words still being typed; sealed to the account alone."""

from deskoffice.storage.notes import NoteRecord
from deskoffice.usecases.office import Act, Office
from deskoffice.vault.contents import Audience


def kept(office: Office, key: str) -> str:
    """The text under a key; empty when there is none."""
    with office.read() as session:
        note = session.get(NoteRecord, (office.actor.account_id, key))
        if note is None:
            return ""
        return office.vault.contents.texts(session, [note.content_id]).get(note.content_id, "")


def keep(office: Office, key: str, text: str) -> None:
    """Keep a text in place of the one before; not an act, so the log does not grow with every pause of typing."""
    with office.act() as act:
        _forget(act, key)
        content_id = office.vault.contents.put_text(act.session, text, Audience.only(office.actor.account_id))
        act.session.add(NoteRecord(account_id=office.actor.account_id, key=key, content_id=content_id, kept_at=act.at))


def drop(office: Office, key: str) -> None:
    """Forget a text: it was handed in, or is not wanted."""
    with office.act() as act:
        _forget(act, key)


def _forget(act: Act, key: str) -> None:
    note = act.session.get(NoteRecord, (act.actor.account_id, key))
    if note is not None:
        content_id = note.content_id
        act.session.delete(note)
        act.session.flush()
        act.office.vault.contents.delete(act.session, content_id)
