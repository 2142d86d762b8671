"""办文流程: the order of steps for each kind of post, kept by the office and followed at registration."""

from collections.abc import Mapping, Sequence

from deskoffice.domain.circulation import routes as rules
from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.circulation.routes import Route, RouteStep
from deskoffice.domain.people import Role
from deskoffice.storage import settings as store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.settings import write_setting
from deskoffice.usecases import stepping, turns
from deskoffice.usecases.office import Act, Office

KEEPERS = (Role.OFFICE_LEADER, Role.SECRETARIAT, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def all_routes(office: Office) -> Mapping[PostKind, Route]:
    """The route of every kind of post."""
    with office.read() as session:
        texts = store.read_settings(session)
    return {kind: rules.read(texts.get(_key(kind), "")) for kind in PostKind}


def set_route(office: Office, kind: PostKind, route: Sequence[RouteStep]) -> None:
    """Papers registered from now on go this way."""
    office.require(*KEEPERS)
    rules.check(route)
    with office.act() as act:
        write_setting(act.session, _key(kind), rules.written(tuple(route)))
        act.record_other("settings.route.changed", kind.value, steps=len(route))


def begin(act: Act, matter: MatterRecord, kind: PostKind) -> None:
    """Open the first step of the route, and plan the others."""
    route = rules.read(store.read_settings(act.session).get(_key(kind), ""))
    first = route[0]
    stepping.send_to_role(act, matter, first.kind, first.role, due_on=matter.due_on)
    for step in route[1:]:
        turns.plan(act, matter, step.kind, [turns.Holder(role=step.role)], due_on=matter.due_on)


def _key(kind: PostKind) -> str:
    return f"route.{kind.value}"
