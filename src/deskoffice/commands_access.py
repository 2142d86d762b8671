"""Password, key file and earlier log-ins from the command line, for those who work without the window."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from deskoffice.usecases import passwords, sessions
from deskoffice.usecases.office import Office, open_office
from deskoffice.usecases.passwords import PasswordChange

Result = dict[str, object]


class Typed(Protocol):
    """Where the passwords come from."""

    def password(self, account: str) -> str:
        """The password of today."""

    def new_password(self, account: str) -> str:
        """The next one."""


@contextmanager
def _opened(args: argparse.Namespace, password: str) -> Iterator[Office]:
    office = open_office(args.vault, args.account, password, key_file=args.key_file)
    try:
        yield office
    finally:
        office.close()


def change_password(args: argparse.Namespace, typed: Typed) -> Result:
    """The own password, by the rule of the level."""
    old, new = typed.password(args.account), typed.new_password(args.account)
    with _opened(args, old) as office:
        passwords.change(office, PasswordChange(old, new, new), args.key_file)
    return {"ok": True}


def make_key_file(args: argparse.Namespace, typed: Typed) -> Result:
    """A new key file; from now on the account opens with both."""
    password = typed.password(args.account)
    with _opened(args, password) as office:
        passwords.make_key_file(office, password, args.out)
    return {"ok": True, "out": str(args.out)}


def drop_key_file(args: argparse.Namespace, typed: Typed) -> Result:
    """The password alone opens again."""
    password = typed.password(args.account)
    with _opened(args, password) as office:
        passwords.drop_key_file(office, password, args.key_file)
    return {"ok": True}


def list_sessions(args: argparse.Namespace, typed: Typed) -> Result:
    """Who was in, from when to when, how it ended."""
    with _opened(args, typed.password(args.account)) as office:
        found = sessions.sittings(office)
    return {
        "sessions": [
            {
                "account": one.login,
                "name": one.name,
                "from": one.since.isoformat(timespec="minutes"),
                "until": one.until.isoformat(timespec="minutes") if one.until else "",
                "ending": one.ending,
                "failures": one.failures,
            }
            for one in found
        ]
    }


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Typed], Result]] = {
    "account_password": change_password,
    "account_key-file": make_key_file,
    "account_drop-key-file": drop_key_file,
    "account_sessions": list_sessions,
}
