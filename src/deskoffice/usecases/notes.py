"""What one account keeps for itself: what is still being typed, saved views, habits; sealed to that account."""

from deskoffice.storage import settings as store
from deskoffice.usecases.office import Act, Office
from deskoffice.vault.contents import Audience


def kept(office: Office, key: str) -> str:
    """The text kept under a key; empty when there is none."""
    with office.read() as session:
        content_id = store.read_settings(session).get(_name(office, key), "")
        if not content_id:
            return ""
        return office.vault.contents.texts(session, [int(content_id)]).get(int(content_id), "")


def keep(office: Office, key: str, text: str) -> None:
    """Keep a text in place of the one before; an empty text keeps nothing.

    No audit entry: nothing of the office's records changes, and typing would fill the log.
    """
    with office.act() as act:
        _drop(act, key)
        if text:
            audience = Audience.only(office.actor.account_id)
            content_id = office.vault.contents.put_text(act.session, text, audience)
            store.write_setting(act.session, _name(office, key), str(content_id))


def _drop(act: Act, key: str) -> None:
    name = _name(act.office, key)
    content_id = store.read_settings(act.session).get(name, "")
    if content_id:
        act.office.vault.contents.delete(act.session, int(content_id))
        store.write_setting(act.session, name, "")


def _name(office: Office, key: str) -> str:
    return f"note.{office.actor.account_id}.{key}"
