"""The log in words: the auditor reads no codes."""

import ast
import re
from pathlib import Path

import factories
import pytest

from deskoffice.domain.errors import NotAllowed
from deskoffice.usecases import dwell, log_lines
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.words_log import DETAILS

LOGGING = ("record", "record_other")
SOURCES = Path(log_lines.__file__).parents[1]
WRITTEN = re.compile(r'(?:record|record_other|append)\((?:act\.session, |session, )?"([a-z_]+\.[a-z_.]+)"')


def test_every_act_that_is_logged_has_its_words():
    texts = [
        path.read_text(encoding="utf-8") for name in ("usecases", "vault") for path in (SOURCES / name).rglob("*.py")
    ]
    logged = {action for text in texts for action in WRITTEN.findall(text)}
    moved = re.findall(r'_moved\(act, matter, "([a-z_]+)"', (SOURCES / "usecases/circulation/incoming.py").read_text())
    logged |= {f"circulation.incoming.{verb}" for verb in moved}
    assert len(logged) > 40
    assert sorted(logged - log_lines.ACTIONS.keys()) == []


def test_every_detail_that_is_logged_has_its_words():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (SOURCES / "usecases").rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    logging = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in LOGGING]
    told = {word.arg for call in logging for word in call.keywords if word.arg}
    assert len(told) > 40
    assert sorted(told - DETAILS.keys() - {"form", "second", "signature"}) == []


def test_a_printed_form_is_named_in_the_log(office):
    incoming.register(office, factories.incoming_draft())
    dwell.way_of(office, 1)
    newest = log_lines.page(factories.as_login(office, "auditor"))[:3]
    assert any(line.detail == "单据 责任倒查表" for line in newest)


def test_the_auditor_reads_who_did_what_to_which_paper(office):
    incoming.register(office, factories.incoming_draft())
    with pytest.raises(NotAllowed):
        log_lines.page(office)
    today = Sieve(since=office.today(), until=office.today())
    newest = log_lines.page(factories.as_login(office, "auditor"), sieve=today)[:2]
    assert ("王丽", "登记收文", "件 1", "编号 收〔2026〕1号") in [(e.who, e.what, e.subject, e.detail) for e in newest]
