"""Registers papers and writes opinions until it is killed; says each confirmed act on standard output."""

import sys
from pathlib import Path

import factories

from deskoffice.domain.people import Role
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import open_office

if __name__ == "__main__":
    office = open_office(Path(sys.argv[1]), "wangli", factories.PASSWORD, clock=factories.monday_morning())
    section = factories.as_role(office, Role.SECRETARIAT)
    leader_id = factories.person_id(office, "张伟")
    while True:
        serial = int(sys.argv[2]) + 1 if len(sys.argv) > 2 else 1
        sys.argv[2:] = [str(serial)]
        draft = factories.incoming_draft(document_number=f"东政办发〔2026〕{serial}号")
        changes = incoming.register(office, draft)
        sys.stdout.write(f"registered {changes.number}\n")
        sys.stdout.flush()
        incoming.propose(section, changes.matter_ids[0], f"请张伟同志阅示（{serial}）。", [leader_id])
        sys.stdout.write(f"said 请张伟同志阅示（{serial}）。\n")
        sys.stdout.flush()
