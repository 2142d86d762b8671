"""Records and queries on the engine of the vault; the only SQL about the business."""
