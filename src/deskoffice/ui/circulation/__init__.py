"""公文流转: incoming and outgoing documents."""
