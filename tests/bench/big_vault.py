"""Vaults of any size, with rows put in directly: a desk that is always as full, and more or fewer years behind it."""

import shutil
from pathlib import Path

import factories
from sqlalchemy.orm import Session

from deskoffice.storage import migrations
from deskoffice.usecases.office import Office, open_office

BUILT = Path(__file__).resolve().parents[2] / "build" / "bench"
OPEN = 400
"""Matters on the desk, whatever the years stored."""
A_YEAR = 33_000
LOGIN = "wangli"

_ROWS = """
INSERT INTO matter (id, kind, state, is_open, number, number_order, title, unit, document_number, level, secrecy_years,
  urgency, due_on, holder, held_since, created_on, created_at, created_by, closed_on, retention, office_wide, changed)
WITH RECURSIVE one(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM one WHERE i < :count),
  dated AS (SELECT i, (:count - i) / :a_year AS back, (:count - i) % :a_year AS place FROM one),
  placed AS (SELECT i, 2026 - back AS year, date('2026-11-20', '-' || back || ' years',
    '-' || (place * 320 / :a_year) || ' days') AS day, i > :count - :open AS is_open, i % 10 = 3 AS secret FROM dated)
SELECT i, CASE WHEN i % 20 < 16 THEN 'incoming' WHEN i % 20 < 19 THEN 'outgoing' ELSE 'task' END,
  iif(is_open, 'handling', 'closed'), is_open, '收〔' || year || '〕' || (i % :a_year) || '号',
  year * 1000000 + (i % :a_year), '关于做好第' || i || '批防汛抗旱和安全生产工作的通知',
  '第' || (i * 7919 % 200) || '局',
  '县政办发〔' || year || '〕' || (i % 977) || '号', iif(secret, 2, i % 2), NULL, i % 3,
  iif(is_open, date('2026-11-10', '+' || (i % 40) || ' days'), iif(i % 4, day, NULL)),
  iif(is_open, '王丽 承办', ''), iif(is_open, day, NULL), day, 0, 1, iif(is_open, NULL, day), '10年', NOT secret, 1
FROM placed
"""
_INCOMING = """
INSERT INTO incoming (matter_id, post_kind, received_on, document_date, number_key, copy_number, copies, pages,
  addressee, must_return)
SELECT id, 'other', created_on, created_on, unit || '|' || document_number, '', 1, 3, '', 0
FROM matter WHERE kind = 'incoming'
"""
_READERS = """
INSERT INTO matter_reader (matter_id, account_id, added_at, added_by)
SELECT m.id, a.id, 0, 1 FROM matter AS m JOIN account AS a ON a.id <= 4 WHERE NOT m.office_wide
"""
_STEPS = """
INSERT INTO step (matter_id, kind, person_id, role, person, post, unit, sent_at, sent_by, received_at, due_on, done_at,
  outcome, recorded_by)
SELECT m.id, 'handling', :person, '', '王丽', '', '', 0, 1, 0, NULL, iif(m.is_open AND n.i = 1, NULL, 1),
  iif(m.is_open AND n.i = 1, '', 'done'), ''
FROM matter AS m JOIN (SELECT 1 AS i UNION SELECT 2) AS n
"""


def opened(count: int) -> Office:
    """An open vault with so many matters; built once and kept as long as the form of the vault is the same."""
    form = len(migrations.text() + _ROWS + _INCOMING + _READERS + _STEPS)
    folder = BUILT / f"{count}-{migrations.latest()}-{form}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        office = factories.found(folder / "vault", factories.monday_morning()).office
        with office.vault.database.write() as session:
            fill(session, count, factories.person_id(office, "王丽"))
        office.close()
        (folder / "done").touch()
    office = open_office(folder / "vault", LOGIN, factories.PASSWORD, clock=factories.monday_morning())
    # The texts have no index here: a search has a bench of its own.
    office.vault.index.set_mark(1 << 40)
    return office


def fill(session: Session, count: int, person: int) -> None:
    """Rows of matters, readers of the secret ones, two steps each."""
    connection = session.connection()
    connection.exec_driver_sql(_ROWS, {"count": count, "a_year": A_YEAR, "open": OPEN})
    connection.exec_driver_sql(_INCOMING)
    connection.exec_driver_sql(_READERS)
    connection.exec_driver_sql(_STEPS, {"person": person})
