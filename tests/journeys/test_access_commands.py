"""Password, key file and log-ins from the command line."""

import io
import json

import factories
import pytest

from deskoffice import cli


@pytest.fixture
def run(office, monkeypatch, capsys):
    folder = office.vault.folder
    office.close()

    def run(act, *more, typed):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
        status = cli.main(["account", act, str(folder), *more, "--as", "sunfang", "--password-stdin", "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out) if status == 0 else said.err.strip()

    return run


def test_a_password_and_a_key_file_are_changed_without_the_window(run, tmp_path):
    stick = str(tmp_path / "stick.key")
    assert run("password", typed=[factories.PASSWORD, "short"])[0] == 1
    assert run("password", typed=[factories.PASSWORD, "another-horse-8"]) == (0, {"ok": True})
    assert run("sessions", typed=[factories.PASSWORD])[1].startswith("登录名、口令或密钥文件不对")
    assert run("key-file", stick, typed=["another-horse-8"]) == (0, {"ok": True, "out": stick})
    assert run("sessions", typed=["another-horse-8"])[0] == 1
    status, found = run("sessions", "--key-file", stick, typed=["another-horse-8"])
    assert (status, found["sessions"][0]["account"]) == (0, "sunfang")
    assert run("drop-key-file", "--key-file", stick, typed=["another-horse-8"]) == (0, {"ok": True})
    assert run("sessions", typed=["another-horse-8"])[0] == 0
