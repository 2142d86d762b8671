"""The vault's heavy acts against its light ones, in processor time of one run."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from vault.boxes import LI, WANG, ZHAO, Clock, make, password

from deskoffice.vault import opening
from deskoffice.vault.contents import Audience

CONTENTS = 2000
TEXT = "关于" * 1000


def run() -> Iterator[tuple[str, float, float]]:
    """Whoever leaves may leave five thousand contents: sealing one anew is opening, sealing and writing it."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        made = make(folder, clock)
        made.vault.close()
        vault = opening.unlock(folder, LI, password(LI), clock=clock)
        readers = Audience.only(*(made.account_ids[login] for login in (LI, WANG, ZHAO)))
        with vault.database.write() as session:
            numbers = [vault.contents.put_text(session, TEXT, readers) for _ in range(CONTENTS)]
        with vault.database.read() as session:
            begun = time.process_time()
            assert len(vault.contents.texts(session, numbers)) == CONTENTS
            opened = time.process_time() - begun
        begun = time.process_time()
        with vault.database.write() as session:
            vault.contents.revoke(session, numbers, [made.account_ids[ZHAO]])
        resealed = time.process_time() - begun
        vault.close()
    yield f"revoking {CONTENTS} contents, times opening them", resealed / opened, 4.0
