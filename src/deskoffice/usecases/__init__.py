"""One function per thing a person does: check, one transaction, audit entry inside it."""
