"""Actors and standings for tables of rules, without any vault."""

from deskoffice.domain.matters import State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import OpenStep, Standing
from deskoffice.domain.values import Classification

REQUESTER, LEADER, KEEPER, BYSTANDER = 1, 2, 3, 4


def actor(person_id: int, *roles: Role) -> Actor:
    return Actor(person_id, f"p{person_id}", person_id, "某人", "", "", frozenset(roles), Classification.SECRET)


def standing(state: State, *waiting: OpenStep, **done: int) -> Standing:
    """`request=1` means that person 1 finished a step of that kind."""
    done_by = {StepKind(kind): frozenset({person}) for kind, person in done.items()}
    return Standing(state, waiting, done_by, created_by=REQUESTER)


def for_role(kind: StepKind, role: Role) -> OpenStep:
    return OpenStep(kind, None, role)


def for_person(kind: StepKind, person_id: int) -> OpenStep:
    return OpenStep(kind, person_id, None)
